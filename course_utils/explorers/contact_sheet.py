"""What an explorer leaves behind where no kernel runs: a contact sheet and a summary in words."""

import io
import textwrap
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course_utils import plain_words
from course_utils.explorers.specification import Specification
from course_utils.explorers.stage import Stage
from course_utils.runtime import strict
from course_utils.style import ground, styled

_DPI = 80
_CAPTION = 11  # points
_COLOURS = 128
_VIEW = "application/vnd.jupyter.widget-view+json"


def bundle(specification: Specification, model: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the outputs of a cell that shows the explorer, and their metadata.

    `model` is the identity of its widget.
    """
    data: dict[str, Any] = {_VIEW: {"version_major": 2, "version_minor": 0, "model_id": model}}
    metadata: dict[str, Any] = {}
    try:
        stage = specification.stage(_DPI)
        data["image/png"] = picture(specification, stage)
        data["text/plain"] = summary(specification)
        metadata |= {"image/png": {"alt": data["text/plain"]}, **ground(stage.figure)}
    except Exception as error:
        if strict():
            raise
        data["text/plain"] = f"{specification.title}\n{plain_words.explain(error)}"
    return data, metadata


def summary(specification: Specification) -> str:
    """Return title, controls with ranges and units, what to try, and each snapshot in words."""
    lines = [specification.title, "", "Controls"]
    lines += [f"  {control.label}: {control.range_in_words}" for control in specification.controls]
    if specification.presets:
        lines += ["", "Try"]
        lines += [f"  {words}" for words in specification.presets]
    lines += ["", "Snapshots"]
    for settings, data in zip(specification.snapshots, specification.snapshot_data, strict=True):
        lines += [f"  {specification.caption(settings)}", f"    {specification.describe(data)}"]
    return "\n".join(lines)


def picture(specification: Specification, stage: Stage) -> bytes:
    """Return all snapshots with their captions as one PNG file, the same bytes every time."""
    frames = [stage.show(data).copy() for data in specification.snapshot_data]
    height, width = frames[0].shape[:2]
    columns = 1 if len(frames) == 1 else 2
    rows = -(-len(frames) // columns)
    characters = int(width / (_CAPTION * _DPI / 72 * 0.62))
    captions = [
        textwrap.wrap(specification.caption(s), characters) for s in specification.snapshots
    ]
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
