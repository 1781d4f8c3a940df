"""What an explorer leaves behind where no kernel runs: a contact sheet and a summary in words."""

import io
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course_utils import plain_words
from course_utils.explorers.stage import Stage
from course_utils.runtime import strict
from course_utils.style import ground, styled

if TYPE_CHECKING:
    from course_utils.explorers.explorer import Explorer

_DPI = 80
_CAPTION = 11  # points
_COLOURS = 128
_VIEW = "application/vnd.jupyter.widget-view+json"


def bundle(explorer: "Explorer") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the outputs of a cell that shows `explorer`, and their metadata."""
    view = {"version_major": 2, "version_minor": 0, "model_id": explorer.widget.model_id}
    data: dict[str, Any] = {_VIEW: view}
    metadata: dict[str, Any] = {}
    try:
        data["image/png"] = picture(explorer)
        data["text/plain"] = summary(explorer)
        metadata["image/png"] = {"alt": data["text/plain"], **_ground(explorer)}
    except Exception as error:
        if strict():
            raise
        data["text/plain"] = f"{explorer.title}\n{plain_words.explain(error)}"
    return data, metadata


def summary(explorer: "Explorer") -> str:
    """Return title, controls with ranges and units, and each snapshot's description."""
    lines = [explorer.title, "", "Controls"]
    lines += [f"  {c.label}: {c.range_in_words}" for c in explorer.controls.values()]
    lines += ["", "Snapshots"]
    for settings, data in zip(explorer.snapshots, explorer.snapshot_data(), strict=True):
        lines += [f"  {caption(explorer, settings)}", f"    {explorer.describe(data)}"]
    return "\n".join(lines)


def caption(explorer: "Explorer", settings: dict[str, Any]) -> str:
    """Return `settings` in words, as in 'scale of feature 2: 10×, method: none'."""
    return ", ".join(
        f"{control.label}: {control.say(settings[name])}"
        for name, control in explorer.controls.items()
    )


def _ground(explorer: "Explorer") -> dict[str, str]:
    figure = Figure(explorer.size)
    with styled("light"):
        explorer.draw(figure)(explorer.snapshot_data()[0])
    return ground(figure)


def picture(explorer: "Explorer") -> bytes:
    """Return all snapshots with their captions as one PNG file, the same bytes every time."""
    stage = Stage(explorer.draw, explorer.size, _DPI)
    frames = [stage.show(data).copy() for data in explorer.snapshot_data()]
    height, width = frames[0].shape[:2]
    columns = 1 if len(frames) == 1 else 2
    rows = -(-len(frames) // columns)
    characters = int(width / (_CAPTION * _DPI / 72 * 0.62))
    captions = [textwrap.wrap(caption(explorer, s), characters) for s in explorer.snapshots]
    line = round(1.4 * _CAPTION * _DPI / 72)
    band = line * max(map(len, captions)) + line // 2
    with styled("light"):
        figure = Figure((columns * width / _DPI, rows * (height + band) / _DPI), dpi=_DPI)
        canvas = FigureCanvasAgg(figure)
        total = rows * (height + band)
        for place, (frame, words) in enumerate(zip(frames, captions, strict=True)):
            left = place % columns * width
            top = total - place // columns * (height + band)
            figure.figimage(frame, left, top - band - height, origin="upper")
            figure.text(
                (left + line) / (columns * width),
                (top - line // 2) / total,
                "\n".join(words),
                va="top",
                fontsize=_CAPTION,
                fontweight="bold",
            )
        canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    file = io.BytesIO()
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()
