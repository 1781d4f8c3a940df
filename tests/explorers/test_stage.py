"""Redrawing only what moved must give what a full redraw gives, pixel for pixel."""

import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import patheffects
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Affine2D

from course_utils.explorers.boxes import territory
from course_utils.explorers.stage import Stage
from tests.explorers import figures

X = np.linspace(0, 6, 60)
RNG = np.random.default_rng(1)
PICTURE = RNG.random((8, 8))


def everything(figure: Figure):
    """Draw one of most kinds of artists, some above and some across others."""
    first, second, third = figure.subplots(1, 3)
    figure.subplots_adjust(wspace=0.3)
    (line,) = first.plot(X, np.sin(X), lw=3, label="line")
    cloud = first.scatter(X[::6], np.cos(X[::6]), s=60, zorder=4, label="cloud")
    still = first.axhline(0.2, color="k", lw=4, zorder=2.2)
    label = first.text(0.5, 0.5, "", bbox={"boxstyle": "round", "fc": "w"}, zorder=3)
    first.legend(loc="best")
    twin = first.twinx()
    (other,) = twin.plot(X, X**2, "--")
    image = second.imshow(PICTURE, aspect="auto", extent=(0, 6, -1, 1))
    second.grid(True)
    note = second.annotate("note", (1, 0), (3, 0.5), arrowprops={"arrowstyle": "->"})
    inset = second.inset_axes((0.6, 0.1, 0.35, 0.3))
    (small,) = inset.plot(X, X)
    bars = third.bar([0, 1, 2], [1, 2, 3])
    arrows = third.quiver([0, 1], [1, 1], [1, 1], [1, 0], scale=10, zorder=5)
    third.set(ylim=(-4, 4), title="Bars")
    heading = figure.suptitle("heading", x=0.4, y=0.2)
    del still

    def update(data):
        a, b, limits, shown, text = data
        line.set_ydata(np.sin(X + a))
        line.set_zorder(2 if b < 0.5 else 6)
        cloud.set_offsets(np.column_stack([X[::6], np.cos(X[::6] * b)]))
        cloud.set_visible(shown)
        label.set_text(text)
        label.set_position((6 * b, a / 7))
        other.set_ydata(X**2 * b)
        image.set_data(np.roll(PICTURE, int(4 * b)))
        note.xy = (6 * b, 0)
        small.set_ydata(X * b)
        for bar, height in zip(bars, (a, b, a * b), strict=True):
            bar.set_height(height - 1)
        arrows.set_UVC([a, b], [b, a])
        third.set_title(text and f"Bars\n{text}")
        heading.set_text(text * 3)
        if third.get_xlim() != limits:
            third.set_xlim(limits)

    return update


def some_data(seed: int):
    rng = np.random.default_rng(seed)
    return (
        rng.uniform(0, 3),
        rng.uniform(0, 1),
        (-1.0, 3.0) if rng.random() < 0.8 else (-1.0, 5.0),
        bool(rng.random() < 0.7),
        str(rng.choice(["", "short", "a text that is long enough to leave its axes"])),
    )


@pytest.mark.parametrize(("theme", "dpi"), [("light", 60), ("dark", 97.3)])
def test_moved_artists_look_as_if_all_was_drawn_afresh(theme, dpi):
    stage = Stage(everything, (9, 3), dpi, theme)
    for seed in range(13) if theme == "light" else range(13, 26):
        data = some_data(seed)
        moved = stage.show(data)
        afresh = Stage(everything, (9, 3), dpi, theme).show(data, whole=True)
        np.testing.assert_array_equal(moved, afresh, f"seed {seed}")


def under_a_label(figure: Figure):
    """Draw an arrow without words that turns below a label, and nothing else that moves."""
    axes = figure.subplots()
    axes.axis("off")
    arrow = axes.annotate("", (1, 1), (0, 0), arrowprops={"arrowstyle": "->", "lw": 3}, zorder=1)
    axes.text(0.5, 0.5, "label", ha="center", bbox={"fc": "w"}, zorder=3)

    def update(data):
        arrow.xy = (1, data)

    return update


def assert_as_if_afresh(draw, *shown):
    stage = Stage(draw, (3, 3))
    afresh = {data: Stage(draw, (3, 3)).show(data, whole=True) for data in {*shown}}
    for data in shown:
        np.testing.assert_array_equal(stage.show(data), afresh[data])


def test_an_arrow_without_words_passes_below_what_stands_above_it():
    assert_as_if_afresh(under_a_label, 1.0, 0.9, 0.8)


def arrow_on(axes):
    look = {"arrowstyle": "->", "lw": 3}
    return axes.annotate("", (5, 5), (1, 1), arrowprops=look, bbox={"fc": "w"})


@pytest.mark.parametrize("change", [
    lambda arrow, data: arrow.arrow_patch.set_color("r" if data > 1 else "b"),
    lambda arrow, data: setattr(arrow, "xy", (5, data)),
    lambda arrow, data: arrow.set_text("word") or arrow.get_bbox_patch().set_linewidth(data),
])  # fmt: skip
def test_what_an_annotation_changes_without_a_flag_is_seen(change):
    assert_as_if_afresh(changing(change, arrow_on), 0.5, 1.5, 0.7, 1.9)


def test_an_annotation_that_stands_still_is_not_drawn_again():
    drawn = []

    class Counted(Annotation):
        def draw(self, renderer):
            drawn.append(self)
            super().draw(renderer)

    def draw(figure):
        axes = figure.subplots()
        (line,) = axes.plot(X, X)
        note = Counted("note", (1, 1), (3, 4), arrowprops={"arrowstyle": "->"})
        axes.add_artist(note)
        return lambda data: line.set_ydata(X * data)

    stage = Stage(draw, (3, 3))
    for data in (0.5, 0.6, 0.7):
        stage.show(data)
    drawn.clear()
    stage.show(0.8)
    assert not drawn


def word_on(axes):
    return axes.text(3, 3, "word", bbox={"fc": "w"})


@pytest.mark.parametrize("change", [
    lambda text, data: text.set_text(f"{data:.0f}"),
    lambda text, data: text.set_position((data, 3)),
    lambda text, data: text.set_transform(text.axes.transAxes if data > 1 else text.axes.transData),
    lambda text, data: text.set_color("r" if data > 1 else (0, 0, 1, 0.5)),
    lambda text, data: text.set_color(np.array([data / 2, 0, 0])),
    lambda text, data: text.set_alpha(data / 2),
    lambda text, data: text.set_visible(data > 1),
    lambda text, data: text.set_fontsize(10 * data),
    lambda text, data: text.get_fontproperties().set_weight("bold" if data > 1 else "normal")
    or text.set_color("k"),
    lambda text, data: text.set_rotation(90 * data),
    lambda text, data: text.set_ha("left" if data > 1 else "right"),
    lambda text, data: text.set_backgroundcolor("y" if data > 1 else "g"),
    lambda text, data: text.get_bbox_patch().set_linestyle("--" if data > 1 else "-"),
    lambda text, data: text.get_bbox_patch().set_boxstyle("round" if data > 1 else "square"),
    lambda text, data: text.set_bbox(None if data > 1 else {"fc": "w"}),
    lambda text, data: text.set_path_effects(
        [patheffects.withStroke(linewidth=4, foreground="y")] if data > 1 else []
    ),
])  # fmt: skip
def test_what_a_text_changes_is_seen(change):
    """And that it is drawn once more as it was, where what is set is what it was."""
    assert_as_if_afresh(changing(change, word_on), 0.5, 0.5, 1.5, 1.5, 0.5, 1.9)


def assert_only_what_changes_is_drawn(monkeypatch, kind, make, update):
    """Assert of two artists of a kind that only the other is drawn at each move, and then none."""
    drawn, plain = [], kind.draw
    monkeypatch.setattr(kind, "draw", lambda one, to: (drawn.append(one), plain(one, to)))
    pair = []

    def draw(figure):
        axes = figure.subplots()
        axes.axis("off")
        pair[:] = make(axes)
        return lambda data: update(*pair, data)

    stage = Stage(draw, (3, 3))
    for data in (1, 2, 3):
        stage.show(data)
    drawn.clear()
    stage.show(4)
    assert drawn == pair[1:]
    drawn.clear()
    stage.show(4)
    assert not drawn


def test_a_text_that_is_set_to_what_it_was_is_not_drawn_again(monkeypatch):
    def make(axes):
        return axes.text(1, 1, "", bbox={"fc": "w"}), axes.text(2, 2, "")

    def update(one, other, data):
        one.set(text="one", position=(1, 1), color="r", visible=True)
        other.set(text=str(data), color="g")

    assert_only_what_changes_is_drawn(monkeypatch, Text, make, update)


def turned(line, data):
    line.turn.clear().rotate_deg(10 * data)
    line.set_color("r")  # of which Matplotlib knows


def line_on(axes):
    (line,) = axes.plot(X, X, "o-")
    line.turn = Affine2D()
    line.set_transform(line.turn + axes.transData)
    return line


@pytest.mark.parametrize("change", [
    lambda line, data: line.set_data(X[: 1 + int(2 * data)], X[: 1 + int(2 * data)]),
    lambda line, data: line.set_ydata(np.where(data < X, X, np.nan)),
    lambda line, data: line.set_ydata(np.ma.masked_less(X, data)),
    lambda line, data: line.set_ydata(list(data * X)),
    lambda line, data: line.set_color("r" if data > 1 else (0, 0, 1, 0.5)),
    lambda line, data: line.set_color(np.array([data / 2, 0, 0])),
    lambda line, data: line.set_alpha(data / 2),
    lambda line, data: line.set_visible(data > 1),
    lambda line, data: line.set_linewidth(3 * data),
    lambda line, data: line.set_linestyle("--" if data > 1 else "-"),
    lambda line, data: line.set_dashes([4 * data, 2]),
    lambda line, data: line.set_drawstyle("steps" if data > 1 else "default"),
    lambda line, data: line.set_marker("s" if data > 1 else "o"),
    lambda line, data: line.set_markersize(10 * data),
    lambda line, data: line.set(mfc="y" if data > 1 else "g"),
    lambda line, data: line.set_markeredgewidth(2 * data),
    lambda line, data: line.set_markevery([int(2 * data)]),
    lambda line, data: line.set_fillstyle("left" if data > 1 else "full"),
    lambda line, data: line.set_solid_capstyle("round" if data > 1 else "butt"),
    lambda line, data: line.set_gapcolor("y" if data > 1 else None) or line.set_linestyle(":"),
    lambda line, data: line.set_path_effects(
        [patheffects.withStroke(linewidth=9, foreground="y")] if data > 1 else []
    ),
    turned,
])  # fmt: skip
def test_what_a_line_changes_is_seen(change):
    assert_as_if_afresh(changing(change, line_on), 0.5, 0.5, 1.5, 1.5, 0.5, 1.9)


def test_a_line_that_is_set_to_what_it_was_is_not_drawn_again(monkeypatch):
    def make(axes):
        return [axes.plot(X, X, "o-")[0] for _ in range(2)]

    def update(one, other, data):
        one.set(data=(X, np.sqrt(X)), color="r", linewidth=3, visible=True)
        other.set(ydata=data * X, markevery=[2])

    assert_only_what_changes_is_drawn(monkeypatch, Line2D, make, update)


def box_on(axes):
    return axes.add_patch(Rectangle((1, 1), 2, 1, fc="y", ec="k", label="box"))


def round_box_on(axes):
    return axes.add_patch(FancyBboxPatch((1, 1), 2, 1, fc="y", ec="k"))


@pytest.mark.parametrize("make", [box_on, round_box_on])
@pytest.mark.parametrize("change", [
    lambda box, data: box.set_bounds(data, 1, 2, data),
    lambda box, data: box.set_facecolor("r" if data > 1 else (0, 0, 1, 0.5)),
    lambda box, data: box.set_edgecolor(np.array([data / 2, 0, 0])),
    lambda box, data: box.set_alpha(data / 2),
    lambda box, data: box.set_visible(data > 1),
    lambda box, data: box.set_linewidth(3 * data),
    lambda box, data: box.set_linestyle("--" if data > 1 else "-"),
    lambda box, data: box.set_hatch("//" if data > 1 else None),
    lambda box, data: box.set_fill(data > 1),
    lambda box, data: box.set_transform(box.axes.transAxes if data > 1 else box.axes.transData),
    lambda box, data: hasattr(box, "angle") and box.set_angle(20 * data),
    lambda box, data: hasattr(box, "set_boxstyle")
    and box.set_boxstyle("round" if data > 1 else "square"),
    lambda box, data: box.set_path_effects(
        [patheffects.withStroke(linewidth=9, foreground="g")] if data > 1 else []
    ),
])  # fmt: skip
def test_what_a_box_changes_is_seen(make, change):
    assert_as_if_afresh(changing(change, make), 0.5, 0.5, 1.5, 1.5, 0.5, 1.9)


def test_what_appears_under_something_that_stands_still_does_not_cover_it():
    def draw(figure):
        axes = figure.subplots()
        cloud = axes.scatter(X, X, s=900, zorder=1)
        axes.axhline(3, color="k", lw=6, zorder=2)

        def update(data):
            cloud.set_visible(data > 0)
            cloud.set_offsets(np.column_stack([X, X * max(data, 0.1)]))

        return update

    assert_as_if_afresh(draw, 0, 0, 0.5, 0.9)


@pytest.mark.parametrize("angle", [0, 30, 90, 180])
@pytest.mark.parametrize("words", ["−12", "WWWWWWWW", "⟶⟶⟶⟶", "x²", "ÂÇ|j"])
def test_short_texts_draw_nothing_outside_the_box_that_is_taken_for_them(words, angle):
    """To know what else to draw, short texts are not laid out."""
    for across, up in itertools.product(("left", "center", "right"), ("top", "center", "bottom")):
        figure = Figure((3, 3))
        canvas = FigureCanvasAgg(figure)
        text = figure.text(0.5, 0.5, words, ha=across, va=up, rotation=angle, fontsize=14)
        canvas.draw()
        inked = np.asarray(canvas.buffer_rgba())[..., :3].min(axis=-1) < 255
        rows, columns = np.nonzero(inked)
        left, bottom, right, top = territory(text, canvas.get_renderer())
        assert left <= columns.min()
        assert columns.max() < right
        assert bottom <= 300 - rows.max() - 1
        assert 300 - rows.min() <= top


def test_only_the_first_frame_of_a_simple_figure_is_drawn_whole():
    stage = Stage(figures.draw, (6, 3))
    stage.rehearse(figures.compute(1, "none", True), figures.compute(50, "square", False))
    stage.show(figures.compute(2, "none", False))
    before = stage.whole_draws
    for scale in np.geomspace(2, 900, 10):
        stage.show(figures.compute(scale, "none", False))
    assert stage.whole_draws == before


def remove(artist):
    artist.remove()


def changing(change, of=None):
    """Draw a line that moves, and let `change` do something to what `of` makes on the axes.

    Without `of` it is the axes that change, and their ticks may; to draw those takes half the time.
    """

    def draw(figure):
        axes = figure.subplots()
        (line,) = axes.plot(X, X)
        axes.set_ylim(0, 10)
        if of is None:
            changed = axes
        else:
            axes.set(xticks=[], yticks=[])
            changed = of(axes)

        def update(data):
            line.set_ydata(X * data)
            change(changed, data)

        return update

    return draw


@pytest.mark.parametrize("make", [
    lambda axes: axes.scatter(X[:4], X[:4], c=[1, 2, 3, 4]),
    lambda axes: axes.pcolormesh(np.ones((2, 2)), vmin=0, vmax=9),
])  # fmt: skip
def test_new_values_of_a_collection_are_seen_although_matplotlib_does_not_flag_them(make):
    def draw(figure):
        collection = make(figure.subplots())
        return lambda data: collection.set_array(np.arange(4) * data)

    stage = Stage(draw, (3, 2))
    pictures = [stage.show(data).copy() for data in (1, 2, 1)]
    assert (pictures[1] != pictures[0]).any()
    np.testing.assert_array_equal(pictures[2], pictures[0])
    assert stage.whole_draws <= 3


@pytest.mark.parametrize(
    "change",
    [
        lambda axes, data: axes.set_xlim(0, 3 + data),
        lambda axes, data: axes.set_xlabel(f"x = {data}"),
        lambda axes, data: axes.xaxis.label.set_text(f"x = {data}"),
        lambda axes, data: axes.set_yticks([data, 2 * data]),
        lambda axes, data: axes.set_facecolor((data / 10, 0.5, 0.5)),
        lambda axes, data: axes.spines["left"].set_color((data / 10, 0.1, 0.1)),
        lambda axes, data: axes.set_position((0.1, 0.2, 0.1 * data, 0.6)),
        lambda axes, data: [*map(remove, axes.lines[1:]), axes.plot([data], [data], "ro")],
        lambda axes, data: [*map(remove, axes.collections), axes.fill_between(X, X * data, fc="g")],
        lambda axes, data: [axes.clear(), axes.plot(X, X**data)],
        lambda axes, data: [axes.relim(), axes.autoscale(True)],
        lambda axes, data: axes.figure.set_facecolor((1, data / 10, 1)),
        lambda axes, data: axes.set_axis_off() if data > 2 else axes.set_axis_on(),
        lambda axes, data: axes.lines[0].set_clip_on(data > 2),
        lambda axes, data: axes.legend(["line"], title=f"{data}"),
        lambda axes, data: axes.set_title("", loc="left") or axes.set_title(f"$y^{data}_{data}$"),
    ],
)
def test_any_other_change_is_seen_too(change):
    stage = Stage(changing(change), (4, 3), 60)
    shown = [stage.show(data).copy() for data in (1, 2, 3, 4, 4)]
    again = Stage(changing(change), (4, 3), 60)
    afresh = [again.show(data, whole=True).copy() for data in (1, 2, 3, 4, 4)]
    for number, (one, other) in enumerate(zip(shown, afresh, strict=True)):
        np.testing.assert_array_equal(one, other, f"frame {number}")


def test_layout_engines_and_other_projections_are_drawn_whole():
    def polar(figure):
        (line,) = figure.add_subplot(projection="polar").plot(X, X)
        figure.set_layout_engine("tight")
        return lambda data: line.set_ydata(X * data)

    stage = Stage(polar, (3, 3), 60)
    for data in (1.0, 2.0, 3.0):
        afresh = Stage(polar, (3, 3), 60).show(data, whole=True)
        np.testing.assert_array_equal(stage.show(data), afresh)


def test_pyplot_and_its_settings_know_nothing_of_it():
    before = dict(mpl.rcParams)
    Stage(figures.draw, (6, 3), 60, "dark").show(figures.compute(1, "none", False))
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before


def test_themes_differ_and_resolution_counts():
    data = figures.compute(1, "none", False)
    light = Stage(figures.draw, (6, 3)).show(data)
    dark = Stage(figures.draw, (6, 3), theme="dark").show(data)
    assert light.shape == dark.shape == (300, 600, 4)
    assert light[0, 0].tolist() == [255] * 4
    assert dark[0, 0].max() == 255
    assert dark[0, 0, :3].max() < 40
    assert Stage(figures.draw, (6, 3), 200).show(data).shape == (600, 1200, 4)
    assert Stage(figures.draw, (9, 3), 800 / 9).show(data).shape[1] == 800


def test_draw_that_forgets_its_update_is_refused():
    with pytest.raises(TypeError, match="must return the function"):
        Stage(lambda figure: None, (3, 2))
