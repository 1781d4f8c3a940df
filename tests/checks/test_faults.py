"""The faults that any answer may have, and how one is chosen among several that fit."""

import numpy as np
import pytest

from course_utils.checks import Exercise, Fault, Outcome


def make(reference, *faults, **options):
    options.setdefault("rounds", {"fresh tables": lambda rng: (rng.normal(2, 1, (5, 3)),)})
    return Exercise(
        item="99.1", lecture="test", name="it", title="It", reference=reference, faults=faults,
        hints=("", "", ""), **options,
    )  # fmt: skip


def column_means(x):
    return x.mean(axis=0)


def in_loop(x):
    out = np.zeros(x.shape[1])
    for j in range(x.shape[1]):
        out[j] = x[:, j].mean()
        return out


def silent(x):
    x.mean(axis=0)


def printing(x):
    print(x.mean(axis=0))


def changing(x):
    mean = x.mean(axis=0)
    x[0] = 0
    return mean


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x: -x.mean(0), "sign"),
        (lambda x: x.mean(1), "other axis"),
        (lambda x: x.mean(), "whole table"),
        (lambda x: x.mean(0, keepdims=True), "`keepdims=True`"),
        (lambda x: x.sum(0), "a sum stands where a mean belongs"),
        (lambda x: x.sum(0) / (len(x) - 1), "n − 1"),
        (lambda x: np.round(x.mean(0), 2), "rounded to 2 digits"),
        (lambda x: x.mean(0).astype(int), "cut to whole numbers"),
        (lambda x: x.mean(0)[0], "only the first entry"),
        (lambda x: x.mean(0)[-1], "only the last entry is left"),
        (lambda x: np.append(0, x.mean(0)[1:]), "the first entry is left out"),
        (lambda x: np.append(x.mean(0)[:-1], 0), "the last entry is left out"),
        (lambda x: x.mean(0) * [1, -1, 1], "only signs are wrong"),
        (lambda x: x.mean(0)[::-1], "reverse order"),
        (lambda x: (x.mean(0), x.std(0)), "one result too many"),
        (lambda x: x, "comes back as it is"),
        (silent, "no `return`"),
        (printing, "prints the result instead of returning it"),
        (changing, "in-place"),
        (in_loop, "`return` stands inside the loop"),
        (lambda x: np.sqrt(-x.mean(0)), "root of a negative number"),
        (lambda x: x.mean(0) / 0, "divided by zero"),
        (lambda x: np.exp(1000 + x.mean(0)), "exponential overflows"),
        (lambda x: x.mean(0) + 0.1, "always 0.1 too large"),
        (lambda x: 7 * x.mean(0), "always 7 times what it should be"),
        (lambda x: x.mean(0) / 2, "always half what it should be"),
        (lambda x: 0 * x.mean(0), "it is 0, whatever goes in"),
        (lambda x: x.mean(0) ** 2, "the square of the right value"),
        (lambda x: np.abs(x.mean(0)) ** 0.5, "the root of the right value"),
        (lambda x: 1 / x.mean(0), "upside down"),
        (lambda x: np.log(x.mean(0)), "the logarithm of"),
        (lambda x: np.tanh(x.mean(0)), "a tanh is applied"),
        (lambda x: 1 / (1 + np.exp(-x.mean(0))), "a sigmoid is applied"),
        (lambda x: x.mean(0) * np.nan, ""),
    ],
)
def test_a_fault_of_any_answer_is_named(answer, words):
    verdict = make(column_means)(answer)
    assert verdict.outcome is Outcome.NOT_RIGHT
    assert words in verdict.cause
    assert words or not verdict.cause


def test_a_transposed_table_and_a_view_are_named():
    exercise = make(lambda x: 1.0 * x)
    assert exercise(lambda x: x.T).cause == "it is transposed"
    assert "only the last entry is left" in exercise(lambda x: 1.0 * x[:, -1]).cause
    assert "is a view of the input" in repr(exercise(lambda x: x[:]))
    assert make(lambda x: x.T)(lambda x: x.T), "where the reference does so, a view is right"


def test_of_two_causes_that_fit_further_inputs_decide():
    seen = []

    def zeros_at_first(rng):
        seen.append(rng)
        return (np.zeros(3),) if len(seen) == 1 else (rng.normal(size=3),)

    exercise = make(
        lambda x: x + 1,
        Fault("one is not added", lambda x: x),
        Fault("it is multiplied", lambda x: 2 * x),
        rounds={"fresh": zeros_at_first},
    )
    assert exercise(lambda x: 2 * x).cause == "it is multiplied"


def test_a_fault_on_top_of_the_wrong_axis_is_named_with_both():
    exercise = make(lambda x: x.std(0), Fault("it is the variance", lambda x: x.var(0)))
    cause = exercise(lambda x: x.var(1)).cause
    assert cause.startswith("it is the variance; and it runs along the other axis")


def test_of_three_results_those_that_are_exchanged_are_named():
    exercise = make(lambda x: (x.min(0), x.mean(0), x.max(0)), results=("low", "middle", "high"))
    cause = exercise(lambda x: (x.min(0), x.max(0), x.mean(0))).cause
    assert cause == "middle and high are exchanged"


def test_of_two_results_the_wrong_one_is_named():
    exercise = make(lambda x: (x.min(0), x.max(0)), results=("low", "high"))
    assert "low and high are exchanged" in exercise(lambda x: (x.max(0), x.min(0))).cause
    assert "high[0] is" in repr(exercise(lambda x: (x.min(0), x.mean(0))))
    three = make(lambda x: (x.min(0), x.mean(0), x.max(0)), results=("low", "middle", "high"))
    assert three(lambda x: (x.max(0), x.mean(0), x.min(0))).cause == "low and high are exchanged"
    assert exercise(lambda x: [x.min(0), x.max(0)])
    assert exercise(lambda x: np.array([x.min(0), x.max(0)]))
    assert "columns" in exercise(lambda x: np.array([x.min(0), x.max(0)]).T).cause
    assert exercise(lambda x: [[1.0], [2.0, 3.0], 4.0]).outcome is Outcome.NOT_RIGHT
    one = make(lambda x: x.mean(), results=("the mean",))
    assert "returns two values, expected one" in repr(one(lambda x: (np.zeros(2), np.zeros(3))))
    assert "not an array of numbers" in repr(one(lambda x: [np.zeros(2), np.zeros(3)]))
    assert "three values" in repr(exercise(lambda x: (x.min(0), x.max(0), 1)))


@pytest.mark.parametrize(
    ("reference", "answer", "words"),
    [
        (lambda x: x.mean(), lambda x: x.mean(0), "their mean is not taken"),
        (lambda x: x.sum(), lambda x: x.sum(0), "they are not added up"),
        (lambda x: (x**2).sum(0), lambda x: x**2, "they are not added up"),
        (lambda x: x.sum(), lambda x: np.cumsum(x), "only the last of it is asked for"),
        (lambda x: np.sort(x, 0), lambda x: np.sort(x, 0)[[1, 0, 2, 4, 3]], "in another order"),
        (lambda x: x @ x.T, lambda x: (x @ x.T).reshape(1, 5, 5, 1), "not the shape"),
        (
            lambda x: np.stack([x, 2 * x]),
            lambda x: np.stack([x, 2 * x], 2),
            "`.transpose(2, 0, 1)`",
        ),
        (lambda x: 7 * x, lambda x: np.c_[7 * x[:, :1], x[:, 1:]], "it is still what came in"),
        (lambda x: x.max(0), lambda x: x.max(0) * [1, 2, 1], ""),
        (lambda x: x > 2, lambda x: (x > 2)[:, ::-1][::-1], ""),  # few values, in any order
    ],
)
def test_where_no_fault_fits_what_is_certain_of_the_result_is_told(reference, answer, words):
    cause = make(reference)(answer).cause
    assert words in cause
    assert words or not cause


def test_of_faults_that_agree_on_simple_inputs_the_one_that_fits_elsewhere_is_meant():
    kinds = {"no gap": lambda rng: (rng.normal(), 0), "gaps": lambda rng: (rng.normal(), 3)}
    exercise = make(
        lambda x, gap: 2 * x + gap,
        Fault("it is not doubled", lambda x, gap: x + gap),
        Fault("nothing but x is used", lambda x, gap: x),
        rounds=kinds,
    )
    assert exercise(lambda x, gap: x).cause == "nothing but x is used"
    assert exercise(lambda x, gap: x + gap).cause == "it is not doubled"
    assert exercise(lambda x, gap: x - gap).cause == "it is not doubled", "that is the first to see"


def test_by_hand_two_causes_that_fit_are_both_told_and_the_value_is_not():
    table = np.array([[-1.0, 3.0], [1.0, -3.0]])
    exercise = make(table, results=("the table",), rounds={"": lambda _: ()}, by_hand=True)
    verdict = exercise(-table)
    assert verdict.cause.startswith("either the sign")
    assert "rows are in reverse order" in verdict.cause
    assert "expected" not in repr(verdict)
    assert "4 of 4 values of the table are not right" in repr(verdict)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.array([1 + 2j]), "complex (complex128)"),
        (np.array(["1.0"]), "text"),
        (np.ma.masked_array([1.0], [True]), "masked array"),
        ({"a": 1}, "not an array of numbers"),
    ],
)
def test_nothing_is_cast_that_would_lose_something(value, words):
    exercise = make(lambda x: x[:1, 0] * 0 + 1)
    assert words in repr(exercise(lambda x: value))


def finds(x):
    for value in x.mean(axis=0):
        if value < 0:
            continue
        return value


def test_a_loop_that_searches_is_not_told_to_end_too_early():
    assert "loop" not in make(lambda x: x.max())(finds).cause
