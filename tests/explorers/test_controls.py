import itertools

import numpy as np
import pytest

from course_utils.explorers import Choice, Play, Slider, Switch
from course_utils.explorers.controls import Control
from course_utils.explorers.words import in_words

WORDS = {"label": "size", "help": "How large it is."}


def slider(low, high, **rest):
    return Slider("n", low, high, **{"value": low, "unit": "cm"} | WORDS | rest)


def test_whole_bounds_give_whole_numbers():
    stops = slider(1, 5).stops
    assert stops == (1, 2, 3, 4, 5)
    assert all(type(stop) is int for stop in stops)


def test_steps_are_exact_decimals():
    assert slider(0, 0.5, step=0.1).stops == (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


def test_step_that_does_not_reach_the_upper_bound_ends_below_it():
    assert slider(0, 10, step=4).stops == (0, 4, 8)


def test_number_of_steps():
    assert slider(0, 3, steps=7).stops == (0, 0.5, 1, 1.5, 2, 2.5, 3)


def test_logarithmic_stops_are_the_same_factor_apart_and_hit_the_powers_of_ten():
    stops = slider(1, 1000, log=True).stops
    assert len(stops) == 31
    assert {1, 10, 100, 1000} <= set(stops)
    assert all(1.24 < b / a < 1.28 for a, b in itertools.pairwise(stops))


def test_logarithmic_counts_are_whole_and_different():
    assert slider(1, 64, log=True, steps=7, whole=True).stops == (1, 2, 4, 8, 16, 32, 64)
    crowded = slider(1, 10, log=True, steps=40, whole=True).stops
    assert crowded == tuple(range(1, 11))


@pytest.mark.parametrize(
    ("low", "high", "rest", "message"),
    [
        (5, 5, {}, "not below"),
        (0, float("inf"), {}, "finite"),
        (0, 10, {"log": True}, "above 0"),
        (0, 10, {"step": 1, "steps": 3}, "alone"),
        (0, 10, {"step": 11}, "does not fit"),
        (0, 10, {"step": 0}, "does not fit"),
        (0, 10, {"steps": 1}, "2 to 1001"),
        (0, 10_000, {}, "2 to 1001"),
        (0, 10, {"value": 11}, "outside"),
        (0, 10, {"value": 2.5}, "no stop at 2.5; near it are 1, 2, 3"),
        (0, 10, {"value": "2"}, "takes a number"),
        (0, 10, {"label": " "}, "no label"),
        (0, 10, {"help": ""}, "no help"),
    ],
)
def test_senseless_sliders_are_refused_in_words(low, high, rest, message):
    with pytest.raises(ValueError, match=message):
        slider(low, high, **rest)


def test_slider_goes_to_the_nearest_stop_within_its_bounds():
    assert slider(0, 10).nearest(3.4) == 3
    with pytest.raises(ValueError, match="0 cm to 10 cm; 12 is outside"):
        slider(0, 10).nearest(12)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1, "samples", "1 sample"),
        (2, "samples", "2 samples"),
        (1.0, "ms", "1 ms"),
        (1, "loss", "1 loss"),
        (1, "steps a second", "1 steps a second"),
        (3, "", "3"),
        (1.2589, "×", "1.259×"),
        (-2.5, "cm", "−2.5 cm"),
        (50.0, "%", "50 %"),
        (0.0001, "", "0.0001"),
        (0.00001, "s", "10⁻⁵ s"),
        (2500000.0, "", "2.5·10⁶"),
    ],
)
def test_numbers_in_words(number, unit, words):
    assert in_words(number, unit) == words


def test_widgets_start_at_the_value_and_carry_label_and_help():
    made = slider(0, 1, steps=5, value=0.5).widget()
    assert (made.value, made.label) == (0.5, "0.5 cm")
    assert (made.description, made.tooltip) == ("size", "How large it is.")
    assert Switch("on", value=True, **WORDS).widget().value is True
    choice = Choice("c", {"one": 1, "two": 2}, value=2, **WORDS)
    assert (choice.widget().value, choice.widget().label) == (2, "two")


def test_many_options_become_a_list():
    names = [f"option {n}" for n in range(7)]
    assert type(Choice("c", names[:6], **WORDS).widget()).__name__ == "RadioButtons"
    assert type(Choice("c", names, **WORDS).widget()).__name__ == "Dropdown"


def test_choice_and_switch_refuse_what_they_do_not_have():
    with pytest.raises(ValueError, match="at least two different"):
        Choice("c", ["a", "a"], **WORDS)
    with pytest.raises(ValueError, match="no option 'c'; it has 'a', 'b'"):
        Choice("c", ["a", "b"], value="c", **WORDS)
    with pytest.raises(ValueError, match=r"no option array\(\['a', 'b'\]"):
        Choice("c", ["a", "b"], **WORDS).nearest(np.array(["a", "b"]))
    with pytest.raises(ValueError, match="True or False"):
        Switch("s", value=1, **WORDS)
    with pytest.raises(ValueError, match="that of a parameter"):
        Switch("not a name", **WORDS)


@pytest.mark.parametrize("given", [np.float64(0.5), np.array(0.5)])
def test_an_option_given_as_numpys_number_is_the_option(given):
    choice = Choice("c", {"low": 0.1, "high": 0.5}, **WORDS)
    assert choice.code(choice.nearest(given)) == "0.5"


@pytest.mark.parametrize(
    "control",
    [
        slider(0, 10),
        Choice("c", {"one": 1, "two": 2}, **WORDS),
        Switch("s", **WORDS),
        Play("p", range(5), unit="steps", **WORDS),
    ],
)
def test_every_control_takes_its_samples_and_says_them_apart(control):
    assert isinstance(control, Control)
    assert control.value in control.samples
    said = [control.say(value) for value in control.samples]
    assert len(set(said)) == len(said) >= 2
    widget = control.widget()
    for value in control.samples:
        assert control.exact(value) == control.nearest(value) == value
        widget.value = value
        assert widget.value == value
        hash(value)


def test_play_goes_through_its_steps_whatever_is_between_them():
    play = Play("p", [0, 10, 100, 1000], unit="steps", **WORDS)
    assert (play.value, play.samples) == (0, (0, 10, 100, 1000))
    assert play.range_in_words == "0 steps to 1000 steps (4 stops)"
    assert [play.from_browser(play.to_browser(step)) for step in play.stops] == [0, 10, 100, 1000]
    widget = play.widget()
    widget.set_state({"value": 2})  # as the browser does
    assert widget.value == 100
    assert widget.get_state(["value"]) == {"value": 2}


@pytest.mark.parametrize(
    ("steps", "rest", "message"),
    [
        ([3], {}, "at least two numbers"),
        ([0, 2, 2], {}, "above the one before"),
        (range(3), {"per_second": 3}, "per_second is one of"),
        (range(3), {"value": 7}, "0 cm to 2 cm; 7 is outside"),
    ],
)
def test_senseless_steps_are_refused_in_words(steps, rest, message):
    with pytest.raises(ValueError, match=message):
        Play("p", steps, unit="cm", **WORDS, **rest)
