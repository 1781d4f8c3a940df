"""Points, Grid and where they lie on the figure; the browser's side has tests of its own."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_utils import style
from course_utils.explorers import Grid, Point, Points
from course_utils.explorers.testing import (
    assert_described,
    assert_every_control_matters,
    assert_faithful,
    assert_hands_stay,
    assert_quick,
)
from tests.explorers import demonstration

WORDS = {"label": "size", "help": "How large it is."}
SQUARE = {"x": (0, 10), "y": (0, 10), **WORDS}


def points(value=((1, 2, "no"), (3, 4, "yes")), **rest):
    return Points("p", **{"value": value, "classes": ("no", "yes"), **SQUARE} | rest)


def grid(shape=(2, 3), **rest):
    return Grid("g", shape, **WORDS, **rest)


@pytest.mark.parametrize("make", demonstration.ALL)
def test_the_demonstration_is_faithful_described_and_quick(make):
    specification = make().specification
    assert_faithful(specification)
    assert_every_control_matters(specification)
    assert_described(specification)
    assert_quick(specification)
    assert_hands_stay(specification)


@pytest.mark.parametrize(
    "control",
    [
        points(least=0, most=9),
        points(((1, 2), (3, 4)), classes=()),
        Point("p", value=(0.5, 1), **SQUARE),
        Point("p", value=(2, 3), step=1, cells=True, **SQUARE),
        grid(),
        grid((4, 4), levels=(-1, 0, 2.5), numbers=True),
        grid((8, 8), levels=range(17), presets={"full": np.full((8, 8), 16)}),
    ],
)
def test_samples_go_to_the_browser_and_back_and_to_code_and_back(control):
    assert control.value in control.samples
    assert len(control.samples) >= 3
    widget = control.widget()
    for value in control.samples:
        hash(value)
        assert control.exact(value) == control.nearest(value) == value
        assert control.from_browser(control.to_browser(value)) == value
        assert control.nearest(eval(control.code(value))) == value
        assert control.say(value)
        widget.value = value
        widget.set_state({"value": control.to_browser(control.value)})  # as the browser does
        assert widget.value == control.value


# --- Points -------------------------------------------------------------------------------------


def test_points_lie_on_a_lattice_of_round_numbers():
    assert Point("p", value=(0, 0), x=(-3, 3), y=(0, 1), **WORDS).nearest((1.234, 0.567)) == (
        1.25,
        0.57,
    )
    snapped = Point("p", value=(0, 0), x=(0, 4), y=(0, 2), step=(1, 0.5), **WORDS)
    assert snapped.nearest((2.4, 1.3)) == (2, 1.5)
    assert type(snapped.nearest((2.4, 1.3))[0]) is int


def test_arrays_and_lists_become_tuples():
    two = Points("p", value=np.array([[1, 2], [3, 4]]), **SQUARE)
    assert two.value == ((1.0, 2.0), (3.0, 4.0))
    assert two.nearest([[5, 6], [7, 8]]) == ((5.0, 6.0), (7.0, 8.0))


def test_points_in_words():
    assert points(least=1, most=9, noun="sample", units=("cm", "g")).range_in_words == (
        "1 to 9 samples, x 0 cm to 10 cm, y 0 g to 10 g, class no | yes"
    )
    assert points().say(points().value) == "1 no, 1 yes"
    plain = points(((1, 2), (3, 4)), classes=(), units=("cm", ""))
    assert plain.say(plain.value) == "1 cm, 2 | 3 cm, 4"
    assert Point("p", value=(0.4, 1.2), **SQUARE).say((0.4, 1.2)) == "0.4, 1.2"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (((1, 2, "no"),), "2 to 4 points, not 1"),
        (((1, 2, "no"),) * 5, "2 to 4 points, not 5"),
        (((1, 2, "no"), (1, 2)), r"point 2, is \(x, y, class\) with class 'no' or 'yes'"),
        (((1, 2, "no"), (1, 2, "maybe")), "'maybe'"),
        (((1, 2, "no"), (11, 2, "no")), "point 2, has x = 11, outside of 0 to 10"),
        (((1, 2, "no"), (1.23, 2, "no")), "x = 1.23, which is no place it can be at; .* is 1.2"),
        (((1, 2, "no"), ("a", 2, "no")), "pair of numbers"),
        (((1, 2, "no"), (float("nan"), 2, "no")), "outside"),
        (((1, 2, "no"), 3), "class"),
        (3, "takes a list of points, not 3"),
        (None, "takes a list of points, not None"),
        ("((1, 2, 'no'),)", 'takes a list of points, not "\\(\\(1'),
    ],
)
def test_points_that_cannot_be_are_refused_in_words(value, message):
    with pytest.raises(ValueError, match=message):
        points(least=2, most=4).exact(value)


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ({"least": 3}, "in order"),
        ({"most": 61}, "up to 60"),
        ({"classes": "abcde"}, "at most 4 classes"),
        ({"x": (1, 1)}, "Points 'p', x: the lower bound 1 is not below 1"),
        ({"step": 20}, "does not fit"),
    ],
)
def test_senseless_points_are_refused_in_words(rest, message):
    with pytest.raises(ValueError, match=message):
        points(**rest)


# --- Grid ---------------------------------------------------------------------------------------


def test_rows_may_be_words_lists_or_arrays():
    assert grid(value=("010", "111")).value == ((0, 1, 0), (1, 1, 1))
    assert grid().nearest(np.array([[0.2, 0.9, 0], [0, 0, 1]])) == ((0, 1, 0), (0, 0, 1))
    assert grid(value=("010", "111")).code(((0, 1, 0), (1, 1, 1))) == "('010', '111')"


def test_cells_are_clear_at_the_start_at_zero_if_there_is_one():
    assert grid(levels=(-1, 0, 1)).value == ((0, 0, 0),) * 2
    assert grid(levels=(3, 5)).value == ((3, 3, 3),) * 2


def test_grids_in_words():
    digit = grid(levels=range(5), presets={"full": np.full((2, 3), 4)})
    assert digit.range_in_words == "2 × 3 cells, each 0 to 4 (5 levels); full"
    assert digit.say(digit.presets["full"]) == "full"
    assert digit.say(((0, 1, 2), (0, 0, 0))) == "2 of 6 cells set"
    assert digit.face()["tools"] == ("Paint", "Erase")
    assert grid(tools=("Rub out", "Bring back")).face()["tools"] == ("Rub out", "Bring back")
    numbers = grid(levels=range(-9, 10), numbers=True)
    assert numbers.say(((0, -1, 2), (0, 0, 0))) == "0 −1 2; 0 0 0"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (("01", "11"), "2 rows of 3 cells"),
        (("012", "111"), "has 2 in row 0, column 2; a cell is 0 or 1"),
        (((0, 0.5, 0), (0, 0, 0)), "has 0.5 in row 0, column 1"),
        (((0, float("nan"), 0), (0, 0, 0)), "has nan in row 0, column 1"),
        (("01a", "111"), "rows of numbers"),
        (7, "rows of numbers"),
    ],
)
def test_pictures_that_cannot_be_are_refused_in_words(value, message):
    with pytest.raises(ValueError, match=message):
        grid().exact(value)


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ({"shape": (40, 40)}, "1024 cells"),
        ({"shape": (0, 4)}, "1024 cells"),
        ({"levels": (1,)}, "at least two numbers"),
        ({"levels": (1, 0)}, "above the one before"),
        ({"brush": 4}, "1, 2 or 3"),
        ({"colours": ("red",)}, "1 colours for 2 levels"),
        ({"presets": {"large": ("0000", "0000")}}, "2 rows of 3 cells"),
    ],
)
def test_senseless_grids_are_refused_in_words(rest, message):
    with pytest.raises(ValueError, match=message):
        grid(**rest)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_are_readable_on_every_cell(theme):
    control = grid((1, 2), levels=(0, 1), numbers=True, colours="gray")
    with style.styled(theme):
        figure = Figure()
        axes = figure.add_subplot()
        control.artists(axes)(((0, 1),))
        inks = axes.collections[-1].get_facecolor()[:, :3]
        np.testing.assert_array_equal(inks, [[1, 1, 1], [0, 0, 0]])
        axes = figure.add_subplot()
        grid((1, 2), numbers=True).artists(axes)(((0, 1),))
        usual = mpl.colors.to_rgb(mpl.rcParams["text.color"])
        np.testing.assert_array_equal(axes.collections[-1].get_facecolor()[:, :3], [usual] * 2)


def test_only_a_grid_that_changed_is_drawn_again():
    figure = Figure()
    axes = figure.add_subplot()
    show = grid((1, 2), numbers=True).artists(axes)
    show(((0, 1),))
    FigureCanvasAgg(figure).draw()
    show(((0, 1),))
    assert not any(cells.stale for cells in axes.collections)
    show(((1, 1),))
    assert all(cells.stale for cells in axes.collections)


# --- where a control lies on the figure ---------------------------------------------------------


def figure_with(**settings):
    figure = Figure((4, 2))
    figure.add_axes((0, 0, 0.1, 0.1), label="other")
    figure.add_axes((0.5, 0.25, 0.5, 0.5), label="plane").set(**settings)
    return figure


def test_places_are_shares_of_the_figure_from_its_top_left_corner():
    point = Point("p", value=(0, 0), on="plane", **SQUARE)
    shown = point.shown((5, 10), figure_with(xlim=(0, 10), ylim=(-10, 10)))
    assert shown["value"] == [[50, 100, 0]]
    np.testing.assert_allclose(shown["place"], [0.5, 1.0, 0.5, 0.25])
    upside_down = point.shown((5, 10), figure_with(xlim=(0, 10), ylim=(10, -10)))
    np.testing.assert_allclose(upside_down["place"], [0.5, 1.0, 0.5, 0.75])


@pytest.mark.parametrize(
    ("settings", "on", "message"),
    [
        ({"xlim": (0, 5), "ylim": (0, 10)}, "plane", "axes show only 0 to 5: set their limits"),
        ({"xlim": (0, 10), "ylim": (0, 10)}, "plain", "figure has 'other', 'plane'"),
        ({"xlim": (0, 10), "ylim": (0.1, 10), "yscale": "log"}, "plane", "linear"),
    ],
)
def test_axes_that_do_not_fit_are_refused_in_words(settings, on, message):
    point = Point("p", value=(0, 0), on=on, **SQUARE)
    with pytest.raises(ValueError, match=message):
        point.shown((0, 0), figure_with(**settings))


def test_limits_that_jump_under_the_hand_are_found():
    def draw(figure):
        update = demonstration.draw_plane(figure)

        def jumping(data):
            update(data)
            figure.axes[0].set_xlim(-0.5, 10.5 + data["samples"][0][0])

        return jumping

    specification = demonstration.perceptron(draw=draw).specification
    with pytest.raises(AssertionError, match="'samples' does not stay where it is"):
        assert_hands_stay(specification)
