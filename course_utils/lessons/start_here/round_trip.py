"""A widget that measures how long a message takes from the browser to Python and back."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets


class RoundTrip(anywidget.AnyWidget):
    """Show, in JupyterLab, that widgets work and how fast: the median of 20 round trips."""

    _esm = Path(__file__).with_name("round_trip.js")
    trips = traitlets.Int(20).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._answer)

    def _answer(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        self.send(content)

    def __repr__(self) -> str:
        return (
            "Round trip from the browser to Python and back: run this cell in JupyterLab to see it."
        )

    def _repr_mimebundle_(self, **options: object) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle or {})
        return {**data, "text/plain": repr(self)}
