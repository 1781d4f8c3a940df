"""Rows of pictures, as the lecture shows them."""

from collections.abc import Mapping

import numpy as np
import torch
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from course_utils.lessons.gans.landscapes.painter import SIDE

_GAP = 2


def gallery(rows: Mapping[str, torch.Tensor], title: str, width: float = 9.0) -> Figure:
    """Return a figure with a row of pictures for each label.

    Parameters
    ----------
    rows
        Label → pictures (n, 3, 24, 24) from −1 to 1, the same number in each row.
    title
        The message, or what is shown.
    width
        The figure's width in inches.
    """
    count = len(next(iter(rows.values())))
    step = SIDE + _GAP
    canvas = np.zeros((len(rows) * step - _GAP, count * step - _GAP, 4))  # gaps: transparent
    for row, pictures in enumerate(rows.values()):
        for column, picture in enumerate(pictures):
            place = canvas[row * step :, column * step :][:SIDE, :SIDE]
            place[..., :3] = (picture.permute(1, 2, 0).numpy() + 1) / 2
            place[..., 3] = 1
    left = 0.14
    height = width * (1 - left) * canvas.shape[0] / canvas.shape[1] + 0.4
    figure = plt.figure(figsize=(width, height))
    axes = figure.add_axes((left, 0, 1 - left, 1 - 0.4 / height))
    axes.imshow(canvas.clip(0, 1), interpolation="nearest")
    axes.set(title=title, xticks=[])
    axes.set_yticks([row * step + SIDE / 2 for row in range(len(rows))], list(rows))
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    return figure
