"""A raster shows what `imshow` shows, and a figure that blits it what a full redraw shows."""

import time

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_utils.explorers import raster
from course_utils.explorers.stage import Stage

RNG = np.random.default_rng(0)
NUMBERS, COLOURS = RNG.random((8, 11)), RNG.random((8, 11, 3))
CASES = {
    "numbers": (NUMBERS, {"cmap": "gray_r", "vmin": 0, "vmax": 1}),
    "limits of its own": (NUMBERS, {}),
    "colours": (COLOURS, {"extent": (0, 48, 36, 0)}),
    "see-through": (np.dstack([COLOURS, NUMBERS]), {}),
    "from below": (NUMBERS, {"origin": "lower", "extent": (0.5, 9.5, 0, 5), "aspect": "auto"}),
    "mirrored": (NUMBERS, {"extent": (9, 0, 5, 0), "aspect": "auto"}),
    "gaps": (np.where(NUMBERS < 0.3, np.nan, NUMBERS), {"vmin": 0, "vmax": 1}),
    "blended": (RNG.random((61, 61)), {"interpolation": "bilinear", "origin": "lower"}),
    "blended from above": (NUMBERS, {"interpolation": "bilinear", "vmin": 0.2, "vmax": 0.8}),
}


def drawn(make, values, look, limits):
    """Return what axes look like, (rows, columns, 4), and their limits."""
    figure = Figure((4, 3), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    make(axes, values, **look)
    if limits:
        axes.set(xlim=limits[:2], ylim=limits[2:])
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).astype(int), axes.axis()


def imshow(axes, values, interpolation="nearest", **look):
    axes.imshow(values, interpolation=interpolation, **look)


@pytest.mark.parametrize("limits", [None, (2.2, 7.1, 1.3, 4.6)], ids=["whole", "cut off"])
@pytest.mark.parametrize("case", CASES)
def test_it_shows_what_imshow_shows(case, limits):
    values, look = CASES[case]
    ours, axes = drawn(raster, values, look, limits)
    theirs, others = drawn(imshow, values, look, limits)
    assert axes == others
    # where a pixel lies on the border of two cells, either is right
    differing = (np.abs(ours - theirs).max(axis=-1) > 8).mean()
    assert differing < 0.025
    assert np.ptp(ours[60:240, 90:300]) > 100


def test_outside_of_the_axes_there_is_nothing():
    elsewhere = (50, 60, 50, 60)
    ours, _ = drawn(raster, NUMBERS, {}, elsewhere)
    theirs, _ = drawn(imshow, NUMBERS, {}, elsewhere)
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("case", CASES)
def test_what_is_blitted_is_what_is_drawn_whole(case):
    values, look = CASES[case]
    limits = {"vmin": 0, "vmax": 1} if values.ndim == 2 else {}

    def draw(figure):
        image = raster(figure.add_subplot(), values, **(limits | look))
        return image.set_data

    def stage():
        return Stage(draw, (4, 3))

    quick = stage()
    for shown in (values, values[::-1], np.sqrt(values)):
        assert np.array_equal(quick.show(shown), stage().show(shown, whole=True))
    assert quick.whole_draws <= 2


@pytest.mark.parametrize(
    ("values", "interpolation", "says"),
    [
        (NUMBERS, "bicubic", "choose 'nearest' or 'bilinear'"),
        (COLOURS, "bilinear", "are blended; these are colours"),
    ],
)
def test_what_it_cannot_do_is_said(values, interpolation, says):
    with pytest.raises(ValueError, match=says):
        raster(Figure().add_subplot(), values, interpolation=interpolation)


def test_on_a_logarithmic_axis_and_on_a_page_matplotlib_draws_it(tmp_path):
    figure = Figure((4, 3))
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    raster(axes, NUMBERS, extent=(1, 100, 1, 100), aspect="auto")
    axes.set(xscale="log")
    figure.canvas.draw()
    figure.savefig(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").stat().st_size > 1000


def test_it_is_several_times_as_quick_as_imshow():
    seconds = {}
    for make in (imshow, raster):
        figure = Figure((6, 6), dpi=100)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        make(axes, NUMBERS, cmap="gray_r")
        canvas.draw()
        (image,), renderer = axes.images, canvas.get_renderer()
        times = []
        for _ in range(9):
            begin = time.thread_time()  # of this thread alone, whatever runs beside it
            image.draw(renderer)
            times.append(time.thread_time() - begin)
        seconds[make] = np.median(times)
    assert seconds[raster] < seconds[imshow] / 2
