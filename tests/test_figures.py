import io

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from PIL import Image

from course_utils import style
from course_utils.figures import pictures_by_row, seeds_along, seeds_by_row, show

VALUES = {"raw": [0.5, 0.5, 0.6], "standardized": [0.9, 1.0, 1.0]}


def test_a_figure_is_shown_as_png_with_its_alternative_text(monkeypatch):
    shown = {}
    monkeypatch.setattr(
        "course_utils.figures.display", lambda data, **options: shown.update(data=data, **options)
    )
    show(plt.figure(figsize=(3, 2), dpi=100), "A line that rises.")
    assert shown["data"]["image/png"].startswith(b"\x89PNG")
    assert shown["data"]["text/plain"] == "Figure: A line that rises."
    assert shown["metadata"] == {
        "image/png": {"width": 300, "height": 200, "alt": "A line that rises."},
        "needs_background": "light",
    }
    assert plt.get_fignums() == []


@pytest.mark.parametrize("drawn", ["imshow", "pcolormesh", "contourf"])
def test_a_figure_whose_lightness_means_something_is_not_turned_dark(drawn):
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    assert style.ground(figure) == {"needs_background": "light"}
    getattr(axes, drawn)(np.eye(3))
    assert style.ground(figure) == {}
    plt.close("all")


def test_a_figure_without_alternative_text_is_refused():
    with pytest.raises(ValueError, match="says what the figure shows"):
        show(plt.figure(), " ")
    plt.close("all")


CUT = (
    "A title that goes on and on, to say all of what the reader will find in the figure by looking"
)


@pytest.mark.parametrize(
    "drawn",
    [
        lambda words: seeds_by_row(VALUES, words, "accuracy"),
        lambda words: seeds_by_row(VALUES, "Title", words),
        lambda words: seeds_by_row({words: [0.5, 0.6]}, "Title", "accuracy"),
        lambda words: seeds_along([1, 2, 4], ALONG, words, "samples", "accuracy"),
        lambda words: seeds_along([1, 2, 4], ALONG, "Title", "samples", words),
    ],
)
def test_a_text_that_is_cut_off_is_named_and_one_that_fits_is_shown(monkeypatch, drawn):
    shown = []
    monkeypatch.setattr("course_utils.figures.display", lambda *_, **__: shown.append(1))
    with style.styled():
        show(drawn("fits"), "A sentence.")
        with pytest.raises(ValueError, match=f"'{CUT}.* is cut off at the figure's edge: shorten"):
            show(drawn(CUT), "A sentence.")
    assert shown == [1]
    assert plt.get_fignums() == []


def test_every_seed_has_a_dot_of_its_own_and_every_row_its_mean():
    figure = seeds_by_row(VALUES, "Title", "accuracy", xlim=(0, 1))
    (axes,) = figure.axes
    bars, dots = axes.lines[::2], axes.lines[1::2]
    for row, (values, bar, dot) in enumerate(zip(VALUES.values(), bars, dots, strict=True)):
        assert list(dot.get_xdata()) == values
        assert len(set(dot.get_ydata())) == len(values)
        assert np.allclose(dot.get_ydata(), row, atol=0.4)
        assert np.allclose(bar.get_xdata(), np.mean(values))
    assert axes.get_xlim() == (0, 1)
    plt.close("all")


ALONG = {"raw": [[0.5, 0.6, 0.7], [0.3, 0.6, 0.9]], "scaled": [[0.8, 0.9, 1.0], [0.8, 0.9, 1.0]]}


def test_along_x_a_band_holds_every_seed_and_a_line_their_mean():
    figure = seeds_along([1, 2, 4], ALONG, "Title", "samples", "accuracy", colors=[style.WRONG])
    (axes,) = figure.axes
    assert np.allclose(axes.lines[0].get_ydata(), [0.4, 0.6, 0.8])
    assert axes.lines[0].get_color() == style.WRONG
    edges = axes.collections[0].get_paths()[0].vertices
    for x, low, high in ((1, 0.3, 0.5), (2, 0.6, 0.6), (4, 0.7, 0.9)):
        assert {edges[edges[:, 0] == x, 1].min(), edges[edges[:, 0] == x, 1].max()} == {low, high}
    plt.close("all")


def test_along_x_a_legend_stands_beside_the_axes_and_only_where_it_is_needed():
    long = {f"{label}, and more words than fit there": rows for label, rows in ALONG.items()}
    figure = seeds_along([1, 2, 4], long, "Title", "samples", "accuracy")
    figure.canvas.draw()
    (axes,) = figure.axes
    legend = axes.get_legend().get_window_extent()
    assert legend.x0 >= axes.get_window_extent().x1
    assert legend.x1 <= figure.bbox.x1
    one = seeds_along([1, 2, 4], {"raw": ALONG["raw"]}, "Title", "samples", "accuracy")
    assert one.axes[0].get_legend() is None
    plt.close("all")


def test_along_x_few_points_are_marked_and_their_ticks_stand_alone():
    few = seeds_along([1, 2, 4], ALONG, "T", "x", "y", xscale="log", xticks=[1, 2, 4])
    assert few.axes[0].lines[0].get_marker() == "o"
    assert list(few.axes[0].get_xticks(minor=True)) == []
    many = seeds_along(range(50), {"loss": np.ones((5, 50))}, "T", "x", "y")
    assert many.axes[0].lines[0].get_marker() in ("", "None")
    plt.close("all")


def test_along_x_a_measurement_without_a_value_for_each_x_is_named():
    with pytest.raises(ValueError, match=r"'raw' needs the shape \(seeds, 2\).*has \(2, 3\)"):
        seeds_along([1, 2], ALONG, "Title", "samples", "accuracy")
    assert plt.get_fignums() == []


def shown_as(monkeypatch, figure):
    found = []
    monkeypatch.setattr(
        "course_utils.figures.display", lambda data, **_: found.append(data["image/png"])
    )
    show(figure, "A figure.")
    return Image.open(io.BytesIO(found[0]))


def test_a_figure_has_a_palette_and_nobody_sees_it(monkeypatch):
    with style.styled():
        figure = seeds_along([1, 2, 4], ALONG, "Title", "samples", "accuracy")
        figure.set_dpi(50)
        drawn = io.BytesIO()
        figure.savefig(drawn, dpi=100)
        shown = shown_as(monkeypatch, figure)
    assert shown.mode == "P"
    before, after = (
        np.asarray(image.convert("RGB"), dtype=int) for image in (Image.open(drawn), shown)
    )
    assert np.abs(before - after).max() < 20
    assert np.abs(before - after).mean() < 0.2
    assert np.all(after[before.min(axis=-1) == 255] == 255), "white stays white"


def test_a_picture_with_more_colours_than_a_palette_keeps_its_shades(monkeypatch):
    rng = np.random.default_rng(0)
    rows = np.linspace(0.3, 0.5, 60)[:, None, None]
    shades = np.broadcast_to(rows * np.array([1, 0.9, 0.8]), (60, 60, 3))
    noise = rng.normal(0.5, 0.1, (60, 60, 3)).clip(0, 1)
    with style.styled():
        figure, panels = plt.subplots(1, 2)
        for axes, picture in zip(panels, (shades, noise), strict=True):
            axes.imshow(picture, interpolation="nearest")
        drawn = io.BytesIO()
        figure.savefig(drawn, dpi=2 * figure.dpi)
        shown = shown_as(monkeypatch, figure)
    before, after = (
        np.asarray(image.convert("RGB"), dtype=int) for image in (Image.open(drawn), shown)
    )
    assert np.abs(before - after).mean() < 1.5


def test_rows_of_pictures_show_ink_colours_what_is_unknown_and_the_frame(monkeypatch):
    ink = np.stack([np.eye(4), np.full((4, 4), np.nan)])
    red = np.zeros((2, 4, 4, 3))
    red[..., 0] = 1
    framed = np.zeros((2, 4, 4), dtype=bool)
    framed[0, 1:3, 2:] = True
    with style.styled():
        for rows in ({"ink": ink, "more ink": ink}, {"red": red}):
            figure = pictures_by_row(rows, "Pictures", framed=framed)
            (axes,) = figure.axes
            images = axes.get_images()
            assert [label.get_text() for label in axes.get_yticklabels()] == list(rows)
            assert len(images) == 2 * len(rows)
            first, second = (image.get_array() for image in images[:2])
            if "red" in rows:
                assert np.array_equal(first, red[0])
            else:
                assert np.array_equal(first[..., 0], 1 - np.eye(4))
                assert np.allclose(second, to_rgb(style.WRONG))
            frame = axes.patches[1].get_bbox()
            assert (frame.x0, frame.y0, frame.width, frame.height) == (0.5, 0.25, 0.5, 0.5)
            assert shown_as(monkeypatch, figure).height > 50
