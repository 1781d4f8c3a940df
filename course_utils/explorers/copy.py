"""The button that puts a call on the clipboard."""

from pathlib import Path

import anywidget
import traitlets


class CopyButton(anywidget.AnyWidget):
    """Puts `call` on the clipboard, in the browser, in the click itself.

    Browsers allow that only as the direct answer to a click, so the line of code is there before.
    """

    _esm = Path(__file__).with_name("copy.js")
    call = traitlets.Unicode().tag(sync=True)
