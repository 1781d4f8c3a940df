"""The browser's side of an explorer: a small canvas that receives pictures as bytes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course_utils.explorers.frames import TILE, Piece

_HERE = Path(__file__).parent


class Canvas(anywidget.AnyWidget):
    """Shows pictures, a description, errors, and whether something is being computed.

    What it sends: ``{"kind": "look", "theme": "light" | "dark", "ratio": float}`` when it appears
    and whenever JupyterLab's theme or the screen's pixel ratio changes, and ``{"kind": "rest"}``
    when a coarse picture has stood for a moment. What it receives: the messages of the methods
    below.
    """

    _esm = "\n".join((_HERE / name).read_text("utf-8") for name in ("surface.js", "canvas.js"))
    _css = _HERE / "canvas.css"
    title = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int().tag(sync=True)  # CSS pixels
    height = traitlets.Int().tag(sync=True)
    controls = traitlets.List().tag(sync=True)  # the models of the widgets that move the picture
    readout = traitlets.List().tag(sync=True)  # the longest number with its unit of each slider

    def paint(self, piece: Piece | None, words: Mapping[str, Any]) -> None:
        """Draw `piece` and say `words`; None leaves the picture as it is.

        Parameters
        ----------
        piece
            What is new in the picture.
        words
            ``description``, ``numbers`` (pairs of label and value) and ``note`` to be shown with
            it; ``hands``: what controls with front ends of their own must know of it; ``coarse``:
            whether a sharper picture is to be asked for when nothing moves any more.
        """
        content = {"kind": "frame", **words}
        if piece is None:
            self.send(content)
        else:
            size = {"width": piece.width, "height": piece.height}
            tiles = {"tile": TILE, "columns": piece.columns, "scale": piece.scale}
            form = {"packing": piece.packing}
            self.send(content | size | tiles | form, [piece.pixels, piece.tiles])

    def computing(self) -> None:
        """Say that the next picture takes a while; the next message ends that."""
        self.send({"kind": "computing"})

    def fail(self, text: str) -> None:
        """Show an error above the last good picture."""
        self.send({"kind": "error", "text": text})
