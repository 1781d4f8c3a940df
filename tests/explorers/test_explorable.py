"""What an author writes, and what a call of it, a preset, Copy and the start make of it."""

import inspect
import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from course_utils.checks import expect
from course_utils.explorers import same_shape
from course_utils.explorers.ghost import ghosts
from tests.explorers import figures
from tests.explorers.test_explorer import Screen


@pytest.fixture(autouse=True)
def _study(monkeypatch):
    monkeypatch.delenv("COURSE_STRICT", raising=False)


def test_a_specification_is_frozen():
    with pytest.raises(FrozenInstanceError):
        figures.specification().title = "Another"


def test_a_call_starts_at_its_settings_and_reset_comes_back_to_them():
    explorer = figures.specification()(scale=97, flipped=True)
    assert explorer.parameters == {"scale": 100, "method": "none", "flipped": True}
    explorer.set(scale=1)
    explorer.reset()
    assert explorer.parameters == {"scale": 100, "method": "none", "flipped": True}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"size": 1}, "Explorer 'waves' has no control 'size'; it has scale, method, flipped"),
        ({"scale": 5000}, "Slider 'scale' goes from 1× to 1000×; 5000 is outside"),
        ({"scale": "much"}, "Slider 'scale' takes a number, not 'much'"),
        ({"method": "cube"}, "Choice 'method' has no option 'cube'; it has 'none', 'square'"),
        ({"flipped": 1}, "Switch 'flipped' is True or False, not 1"),
    ],
)
def test_a_call_with_what_there_is_not_is_told_what_there_is(settings, message):
    with pytest.raises(ValueError, match=message):
        figures.specification()(**settings)


def test_a_call_by_place_is_told_to_use_names():
    with pytest.raises(TypeError, match=r"settings by name, as in waves\(scale=10\)"):
        figures.specification()(100)


def test_help_and_completion_know_the_controls():
    specification = figures.specification()
    assert list(inspect.signature(specification).parameters) == ["scale", "method", "flipped"]
    assert "scale: scale, 1× to 1000× (31 stops, logarithmic)" in inspect.getdoc(specification)


def test_copy_gives_a_call_that_shows_the_same():
    specification = figures.specification()
    explorer = specification()
    assert explorer.call == "explorers.waves()"
    for settings in (
        {"scale": 1000},
        {"scale": 1.26, "flipped": True},
        {"method": "square"},
        {"scale": 10, "method": "none", "flipped": False},
    ):
        explorer.set(**settings)
        again = eval(explorer.call, {"explorers": type("module", (), {"waves": specification})})
        assert again.parameters == explorer.parameters
        assert again.call == explorer.call
    assert explorer.call == "explorers.waves()"


def test_presets_set_all_controls_in_one_answer():
    calls = []

    def compute(**settings):
        calls.append(settings)
        return figures.compute(**settings)

    explorer = figures.waves(compute=compute)
    Screen(explorer)
    explorer.set(scale=1)
    calls.clear()
    label, *buttons = explorer.widget.children[1].children
    assert label.value == "Try"
    assert [button.description for button in buttons] == ["all of it", "squared, upside down"]
    buttons[1].click()
    assert explorer.parameters == {"scale": 10, "method": "square", "flipped": True}
    assert calls == [explorer.parameters]
    assert buttons[1].tooltip == "Sets scale: 10×, method: squared, upside down: on"


def test_numbers_come_with_the_picture_they_belong_to():
    explorer = figures.waves()
    screen = Screen(explorer)
    explorer.set(scale=1000, flipped=True)
    assert screen.numbers == [["mean", explorer.numbers["mean"]], ["at scale", "1000×"]]
    assert explorer.numbers == figures.numbers(explorer.data)


def test_a_ghost_stays_where_the_line_was_at_the_start():
    specification = figures.specification()
    stage = specification.stage()
    stage.show(specification.data(specification.complete({"scale": 1000})))
    (behind,) = ghosts(stage.figure)
    np.testing.assert_array_equal(behind.get_ydata(), specification.start_data["wave"])
    with_ghost = specification.frame(scale=1000)
    elsewhere = figures.specification(
        controls=[replace(figures.controls()[0], value=1), *figures.controls()[1:]]
    )
    assert (elsewhere.frame(scale=1000) != with_ghost).any(axis=2).sum() > 300


# --- the student's own function -------------------------------------------------------------------


def compute(scale, method, flipped, yours):
    data = figures.compute(scale, method, flipped)
    return data | {"yours": yours(data["wave"])}


def own(function, use=None):
    specification = figures.specification(
        compute=compute,
        yours=same_shape,
        use=use,
        describe=lambda data: f"{figures.describe(data)} Yours: {data['yours'] is not None}.",
    )
    return specification(function)


def waits(x):
    """A stub."""
    ...


def changes_its_input(x):
    x[:] = 0
    return x


def leaves(x):
    raise SystemExit


def test_a_function_that_is_written_is_called_with_a_copy_and_shown():
    explorer = own(lambda x: 2 * x)
    np.testing.assert_array_equal(explorer.data["yours"], 2 * explorer.data["wave"])
    assert explorer.note == ""
    assert own(changes_its_input).data["wave"].any()


@pytest.mark.parametrize(
    ("function", "note"),
    [
        (waits, "Yours: not written yet."),
        (..., "Yours: not written yet."),
        (lambda x: None, "Yours: not written yet."),
        (lambda x: x[:-1], r"Yours: your function's result has shape \(99,\), expected \(100,\)."),
        (lambda x: "wave", "Yours: your function's result is not an array of numbers but text"),
        (lambda x: x * np.nan, "Yours: your function gives nan or inf for these values."),
        (lambda x: x / nothing, "Yours: your code raises NameError: .*'nothing'"),  # noqa: F821
        (lambda: 1, "Yours: your code raises TypeError"),
        (leaves, "Yours: your code raises SystemExit"),
    ],
)
def test_a_function_that_gives_nothing_is_told_why_and_the_rest_works(function, note):
    explorer = own(function)
    screen = Screen(explorer)
    explorer.set(scale=100)
    assert explorer.data["yours"] is None
    assert "At scale 100 " in screen.description
    assert screen.error == ""
    assert re.match(note, screen.note)


def test_a_function_that_hangs_is_stopped_once_and_then_left_alone():
    calls = []

    def hangs(x):
        calls.append(x)
        while True:
            pass

    explorer = own(hangs)
    screen = Screen(explorer)
    for scale in (100, 1, 1000):
        explorer.set(scale=scale)
        assert f"At scale {scale} " in screen.description
    assert len(calls) == 1
    assert re.search(r"was stopped after [14] s", screen.note)
    assert "not called again until you run the cell again" in screen.note


def test_a_reason_goes_when_it_is_over():
    def sometimes(x):
        if x.max() < 0.9:
            raise ValueError("too small a wave")
        return x

    explorer = own(sometimes)
    explorer.set(scale=1)
    explorer.set(method="square")
    explorer.set(scale=1000)
    assert explorer.note == ""


def test_no_function_says_nothing_and_copy_names_the_function():
    assert own(None).note == ""
    assert own(None).call == "explorers.waves()"
    explorer = own(waits)
    explorer.set(scale=1)
    assert explorer.call == "explorers.waves(waits, scale=1)"
    assert own(lambda x: x).call == "explorers.waves()"


class Doubler:
    def __init__(self, factor):
        self.factor = factor

    def run(self, x):
        return self.factor * x


class Blank:
    def __init__(self, factor):
        self.factor = factor

    def run(self, x): ...


def doubled(theirs, x):
    """Use a class: make one, and call its method."""
    expect(hasattr(theirs, "run"), "there is no method `run`", "give a class that has one")
    return theirs(2).run(x)


@pytest.mark.parametrize(
    ("theirs", "note"),
    [
        (Doubler, ""),
        (Blank, "Yours: not written yet."),
        (np.sin, "Yours: there is no method run: give a class that has one."),
        (3, "Yours: there is no method run: give a class that has one."),
    ],
)
def test_a_class_is_used_as_the_author_says_and_told_what_it_lacks(theirs, note):
    explorer = own(theirs, use=doubled)
    assert explorer.note == note
    if not note:
        np.testing.assert_array_equal(explorer.data["yours"], 2 * explorer.data["wave"])


def test_a_function_may_be_given_by_name_and_two_are_refused():
    specification = figures.specification(compute=compute, yours=same_shape)
    assert not specification(yours=np.sin).note
    with pytest.raises(TypeError, match="takes one function of yours and settings by name"):
        specification(np.sin, np.cos)
    with pytest.raises(TypeError, match=r"takes settings by name, as in waves\(scale=10\)"):
        figures.specification()(10, "none")


def test_what_is_no_function_is_told_so():
    assert "'int' object is not callable" in own(3).note
