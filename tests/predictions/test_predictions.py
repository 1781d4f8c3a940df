"""Predictions: what a guess is, how close it is said to be, and that it is kept."""

import numpy as np
import pytest

from course_utils.predictions import Choice, Curve, Number, Predictions, axis
from course_utils.predictions.desk import _entry

STEPS = Number("steps", "How many steps?", low=1, high=1e10, log=True, unit="steps")
SHARE = Number("share", "Which share?", low=0, high=1)
WAY = Choice("way", "Which way?", ("up", "down"))
SHAPE = Curve(
    "shape", "Sketch it.", x=(1, 100), y=(0, 1), xlabel="wines", ylabel="share", xlog=True
)


@pytest.fixture
def predict(remembering, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda: Predictions("normalization")


@pytest.mark.parametrize(
    ("asked", "guess", "measured", "closeness", "words"),
    [
        (STEPS, 1e3, [1e8, 2e8], "far", "too low by a factor of 100 000"),
        (STEPS, 1.5e8, [1e8, 2e8], "right", "within what was measured"),
        (STEPS, 4e8, [1e8, 2e8], "right", "too high by a factor of 2"),
        (STEPS, 1e9, [1e8, 2e8], "near", "too high by a factor of 5"),
        (SHARE, 0.5, 0.53, "right", "too low by 0.03"),
        (SHARE, 0.5, 0.6, "near", "too low by 0.1"),
        (SHARE, 0.9, 0.6, "far", "too high by 0.3"),
        (WAY, "up", "up", "right", ""),
        (WAY, "up", "down", "far", ""),
    ],
)
def test_a_guess_is_judged_on_its_scale(asked, guess, measured, closeness, words):
    found = asked.compare(guess, asked.checked(measured))
    plain = found.difference.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("10⁵", "100 000")
    assert (found.closeness, plain) == (closeness, words)


X = np.array([1.0, 10.0, 100.0])  # evenly spaced on a logarithmic axis


@pytest.mark.parametrize(
    ("sketch", "closeness"),
    [([0.6, 0.2, 0.0], "right"), ([0.5, 0.5, 0.5], "far"), ([0.4, 0.3, 0.1], "near")],
)
def test_a_sketch_is_compared_on_the_axes_of_the_figure(sketch, closeness):
    measured = SHAPE.checked((X, [[0.6, 0.2, 0.0], [0.62, 0.22, 0.02]]))
    assert SHAPE.compare(np.array(sketch), measured).closeness == closeness


def test_a_sketch_within_the_spread_of_the_seeds_is_no_distance_away():
    measured = SHAPE.checked((X, [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]))
    assert "0 %" in SHAPE.compare(np.array([0.3, 0.9, 0.1]), measured).difference


def test_points_that_crowd_together_do_not_count_more():
    crowded = np.concatenate([[1.0], np.linspace(90, 100, 50)])
    wrong_at_the_end = SHAPE.compare(
        np.array([0.0, 0.0]), SHAPE.checked((crowded, np.where(crowded > 50, 1.0, 0.0)))
    )
    assert float(wrong_at_the_end.difference.split()[2]) < 70


@pytest.mark.parametrize(
    ("asked", "typed", "read"),
    [
        (STEPS, "1000", 1000),
        (STEPS, "", None),
        (STEPS, "-3", None),  # on a logarithmic scale
        (STEPS, "inf", None),
        (SHARE, "-3", -3),
        (WAY, "up", "up"),
        (WAY, "sideways", None),
        (SHAPE, "not JSON", None),
        (SHAPE, "[1]", None),
        (SHAPE, "[null, 1]", None),
    ],
)
def test_what_is_no_guess_is_read_as_none(asked, typed, read):
    assert asked.read(typed) == read


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Number("x y", "?", low=0, high=1), "identifier"),
        (lambda: Number("x", "?", low=1, high=0), "from a lower to a higher"),
        (lambda: Number("x", "?", low=0, high=1, log=True), "above 0"),
        (lambda: Number("x", "?", low="0", high=1), "not '0' to 1"),
        (lambda: Number("x", "?", low=0, high=None), "not 0 to None"),
        (lambda: Number("x", "?", low=0, high=np.inf), "not 0 to inf"),
        (lambda: Curve("x", "?", x=(0, 1, 2), y=(0, 1), xlabel="", ylabel=""), "not 0 to 1 to 2"),
        (lambda: Curve("x", "?", x=(0, 1), y=(1,), xlabel="", ylabel=""), "not 1"),
        (lambda: Number("x", " ", low=0, high=1), "needs a question"),
        (lambda: Choice("x", "?", ("a", "a")), "different options"),
        (lambda: STEPS.checked([]), "one finite number"),
        (lambda: STEPS.checked([0.0]), "above 0"),
        (lambda: WAY.checked("left"), "'up', 'down'"),
        (lambda: SHAPE.checked(3), "pair"),
        (lambda: SHAPE.checked((X, [1.0, 2.0])), "of shape"),
        (lambda: SHAPE.checked((X[::-1], X)), "must increase"),
        (lambda: STEPS.checked("many"), "one finite number"),
        (lambda: STEPS.checked(...), "one finite number"),
        (lambda: STEPS.checked(1j), "one finite number"),
        (lambda: STEPS.checked(10**400), "one finite number"),
        (lambda: WAY.checked(np.array(["up"])), "'up', 'down'"),
        (lambda: WAY.checked(np.array(["up", "down"])), "'up', 'down'"),
        (lambda: SHAPE.checked(([1, np.nan], [1, 1])), "finite"),
        (lambda: SHAPE.checked(([1, np.inf], [1, 1])), "finite"),
        (lambda: SHAPE.checked(([0, 1], [1, 1])), "x of 'shape' .* above 0"),
        (lambda: SHAPE.checked(([200, 300], [1, 1])), "from 1 to 100; nothing was measured there"),
        (lambda: Predictions("x")("steps"), "a Number, a Choice or a Curve"),
    ],
)
def test_what_an_author_gets_wrong_is_told(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_a_guess_is_locked_in_by_its_measurement_and_there_after_a_restart(predict):
    first = predict()
    widget = first(STEPS, WAY)
    assert (widget.fields.locked, widget.fields.guesses) == (False, {"steps": "", "way": ""})
    widget.fields.guesses = {"steps": "1000", "way": ""}
    assert "no prediction was made" in repr(first.reveal(way="down"))
    said = repr(first.reveal(steps=[1e8, 2e8]))
    assert "predicted: 1 000 steps".replace(" 000", "\N{NARROW NO-BREAK SPACE}000") in said
    assert "too low by a factor of" in said
    assert widget.fields.locked

    second = predict()
    again = second(STEPS, WAY)
    assert again.fields.guesses == {"steps": "1000", "way": ""}
    assert again.fields.locked
    assert "1 far, 1 not made" in repr(second.summary())


def test_another_question_of_the_same_name_is_another_prediction(predict):
    predict()(WAY).fields.guesses = {"way": "up"}
    other = Choice("way", "Which other way?", ("up", "down"))
    assert predict()(other).fields.guesses == {"way": ""}


def test_a_guess_does_not_stand_for_a_question_that_was_reworded_since(predict, monkeypatch):
    monkeypatch.delenv("COURSE_STRICT")  # as for a student
    asked = predict()
    asked(WAY).fields.guesses = {"way": "up"}
    asked.reveal(way="up")
    other = Choice("way", "Which other way?", ("up", "down"))
    assert asked(other).fields.guesses == {"way": ""}
    assert "none of 1 was made" in repr(asked.summary())


def test_a_factor_beyond_all_numbers_is_told():
    assert "by a factor of ∞" in STEPS.compare(1e-320, STEPS.checked(3.0)).difference


def test_a_cell_that_was_not_run_is_named(predict, monkeypatch):
    monkeypatch.delenv("COURSE_STRICT")  # as for a student
    said = repr(predict().reveal(steps=3.0))
    assert "'steps' was not run: run it first" in said


def test_two_predictions_of_one_name_are_an_authors_error():
    with pytest.raises(ValueError, match="one name"):
        Predictions("x")(WAY, WAY)
    predict = Predictions("x")
    predict(WAY)
    with pytest.raises(ValueError, match="two predictions named 'way'"):
        predict(Choice("way", "Another?", ("up", "down")))
    with pytest.raises(ValueError, match="no prediction 'steps'"):
        predict.reveal(steps=1.0)


def test_the_notebook_keeps_what_was_predicted_and_nothing_of_what_was_measured():
    predict = Predictions("x")
    widget = predict(WAY, SHARE, SHAPE)
    asked = "Predict: Which way?\nPredict: Which share?\nPredict: Sketch it."
    assert widget._repr_mimebundle_()["text/plain"] == asked
    widget.fields.guesses = {"way": "up", "share": "0.5", "shape": "[1, 0.5, 0]"}
    assert "**Which way?** Your prediction: up." in widget._repr_mimebundle_()["text/markdown"]
    predict.reveal(share=[0.93, 0.97], way="down", shape=(X, [0.91, 0.92, 0.94]))
    kept = widget._repr_mimebundle_()
    assert kept["text/plain"].splitlines() == [
        "Predict: Which way? Your prediction: up, locked in.",
        "Predict: Which share? Your prediction: 0.5, locked in.",
        "Predict: Sketch it. Your prediction: from 1 at 1 to 0 at 100, locked in.",
    ]
    told = kept["text/plain"] + kept["text/markdown"]
    assert not any(measured in told for measured in ("down", "0.9"))


def test_markup_in_words_stays_text():
    predict = Predictions("x")
    predict(Choice("way", "Is a < b?", ("<b>yes</b>", "no"))).fields.guesses = {"way": "no"}
    shown = predict.reveal(way="<b>yes</b>")._repr_html_() + predict.summary()._repr_html_()
    assert "<b>yes" not in shown
    assert "a &lt; b" in shown


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        ((0, 1, False), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ((1, 54, True), ["1", "2", "5", "10", "20", "50"]),
        ((1, 1e8, True), ["1", "10", "100", "1 000", "10 000", "10⁵", "10⁶", "10⁷", "10⁸"]),
    ],
)
def test_ticks_stand_at_round_numbers(scale, labels):
    ticks = axis.spec(*scale)["ticks"]
    assert [tick["label"].replace("\N{NARROW NO-BREAK SPACE}", " ") for tick in ticks] == labels
    assert all(0 <= tick["at"] <= 1 for tick in ticks)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (-0.25, "−0.25"),
        (1234.4, "1 200"),
        (1234, "1 234"),  # a count
        (99999, "99 999"),
        (2.7e-5, "2.7 · 10⁻⁵"),
        (2.04e8, "2 · 10⁸"),
        (1e-7, "10⁻⁷"),
        (99999.5, "10⁵"),
    ],
)
def test_numbers_have_two_digits_and_can_be_read(value, words):
    assert axis.number(value).replace("\N{NARROW NO-BREAK SPACE}", " ") == words


def test_a_guess_that_cannot_be_kept_is_said_to_be_lost_when_python_stops(
    predict, tmp_path, monkeypatch
):
    blocked = tmp_path / "a-file-where-a-folder-should-be"
    blocked.touch()
    monkeypatch.setenv("COURSE_DATA_DIR", str(blocked))
    (tmp_path / "normalization.answers.jsonl").mkdir()
    widget = predict()(SHARE)
    assert widget.fields.notice == ""
    widget.fields.guesses = {"share": "0.5"}
    assert "are not being kept" in widget.fields.notice


@pytest.mark.parametrize("kept", ["soon", "[", '{"a": 1}', "[null]"])
def test_a_kept_guess_that_is_none_reaches_no_browser(predict, kept):
    lecture = predict()
    lecture._answers.write(_entry(SHAPE), "guess", kept)
    assert predict()(SHAPE).fields.guesses == {"shape": ""}
