"""The faults that any answer may have, and how one is chosen among several that fit."""

import numpy as np
import pytest
import torch

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
        (lambda x: np.zeros(3), "it is 0, whatever goes in: an array of zeros, perhaps, that was"),
        (lambda x: np.full(3, -1.5), "it is -1.5, whatever goes in"),
        (lambda x: x.mean(0) ** 2, "the square of the right value"),
        (lambda x: np.abs(x.mean(0)) ** 0.5, "the root of the right value"),
        (lambda x: 1 / x.mean(0), "upside down"),
        (lambda x: np.log(x.mean(0)), "the logarithm of"),
        (lambda x: np.tanh(x.mean(0)), "a tanh is applied"),
        (lambda x: 1 / (1 + np.exp(-x.mean(0))), "a sigmoid is applied"),
        (lambda x: x.mean(0) * np.nan, ""),
        (lambda x: x.mean(0) * 1.00002, "off by the same share, about 0.002 %"),
        (lambda x: [x[:, j].mean() for j in range(2)], "the last entry is left out"),
        (lambda x: [x[:, j].mean() for j in range(1, 3)], "the first entry is left out"),
    ],
)
def test_a_fault_of_any_answer_is_named(answer, words):
    verdict = make(column_means)(answer)
    assert verdict.outcome is Outcome.NOT_RIGHT
    assert words in verdict.cause
    assert words or not verdict.cause


def test_an_array_of_zeros_is_not_told_to_be_cut_although_that_gives_the_same():
    small, large = make(lambda x: 1 / (1 + np.exp(x))), make(lambda x: 4 * np.tanh(x))
    told = small(lambda x: np.zeros_like(x)).cause
    assert told.startswith("it is 0, whatever goes in: an array of zeros, perhaps, that was never")
    assert told.endswith("or one of whole numbers, which cuts off what is below 1")
    assert small(lambda x: (1 / (1 + np.exp(x))).astype(int)).cause == told
    assert large(lambda x: np.zeros_like(x)).cause.endswith("that was never filled")
    assert "cut to whole numbers" in large(lambda x: np.trunc(4 * np.tanh(x))).cause
    assert make(lambda x: np.tanh(x).mean())(lambda x: 0).cause == "it is 0, whatever goes in"
    own = make(lambda x: 1 / (1 + np.exp(x)), Fault("nothing is added", lambda x: 0 * x))
    assert own(lambda x: np.zeros_like(x)).cause == "nothing is added"


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


@pytest.mark.parametrize("says", ["", " ", "the sign is wrong."])
def test_a_fault_without_a_sentence_or_with_a_full_stop_is_refused(says):
    with pytest.raises(ValueError, match="a sentence without a full stop"):
        Fault(says, lambda z: -z, changes=True)


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


def test_a_loop_one_too_short_over_columns_or_rows_is_named():
    exercise = make(lambda x: 2 * x)
    shown = {
        "the last column is left out": np.s_[:, :-1],
        "the first column is left out": np.s_[:, 1:],
        "the last entry is left out": np.s_[:-1],
        "the first entry is left out": np.s_[1:],
    }
    for words, part in shown.items():

        def answer(x, part=part):
            y = np.zeros_like(x)
            y[part] = 2 * x[part]
            return y

        assert words in exercise(answer).cause


def test_of_one_entry_no_loop_is_told_but_the_axis_that_is_lost():
    exercise = make(
        lambda x: 2 * x, rounds={"a batch of one": lambda rng: (rng.normal(size=(1, 5)),)}
    )
    assert "an axis of length 1 is lost" in exercise(lambda x: 2 * x.squeeze()).cause
    exercise = make(lambda x: 2 * x, rounds={"a column": lambda rng: (rng.normal(size=(5, 1)),)})
    assert "an axis of length 1 is lost" in exercise(lambda x: 2 * x[:, 0]).cause


def covering(a, b):
    """Return 1 if a is at least b, and their quotient otherwise."""
    return 1.0 if a >= b else a / b


QUOTIENTS = {
    "a is larger": lambda rng: (rng.uniform(2, 3), rng.uniform(0, 1)),
    "b is larger": lambda rng: (rng.uniform(0, 1), rng.uniform(2, 3)),
}


def test_a_fit_that_the_other_rounds_contradict_is_no_cause():
    exercise = make(covering, Fault("it is cut", lambda a, b: float(a < b)), rounds=QUOTIENTS)
    assert exercise(lambda a, b: float(a < b)).cause == "it is cut"
    told = exercise(lambda a, b: covering(a, b) if a < b else 0.0)
    assert told.outcome is Outcome.NOT_RIGHT
    assert not told.cause, "it is 0 in one of the rounds, as with the fault, and right in the other"
    assert "whatever goes in" not in repr(told)


def test_a_fit_of_many_values_is_a_cause_even_if_there_is_a_second_fault():
    exercise = make(
        lambda a, b: a + b if a >= b else a - b,
        Fault("b is doubled", lambda a, b: a + 2 * b),
        rounds=QUOTIENTS,
    )
    assert exercise(lambda a, b: a + 2 * b if a >= b else 7 * a**b).cause == "b is doubled"


def test_of_a_yes_or_no_no_number_of_values_proves_a_fault_that_other_inputs_contradict():
    def learn(if_so):
        return lambda w, z: w + 1 if if_so(z) else w

    kinds = {
        "below": lambda rng: (rng.normal(size=4), -rng.uniform(1, 2)),
        "above": lambda rng: (rng.normal(size=4), rng.uniform(1, 2)),
    }
    fault = Fault("the sign is turned round", learn(lambda z: z > 0))
    usual = make(learn(lambda z: z < 0), fault, rounds=kinds)
    decides = make(learn(lambda z: z < 0), fault, rounds=kinds, decides=True)
    assert usual(learn(lambda z: z < -5)).cause == "the sign is turned round"
    assert decides(learn(lambda z: z > 0)).cause == "the sign is turned round"
    assert decides(learn(lambda z: z < -5)).cause != "the sign is turned round"


def test_a_choice_that_a_comma_parts_is_named():
    def of_three(x):
        return x[0], x[1] if x[0, 0] > -9 else x[0], x[1]

    def in_the_first(x):
        return (x[0] + 1, x[1]) if x[0, 0] > -9 else x[0], x[1]

    def in_another_place(x):
        return x[0], x[1] if x[0, 0] < -9 else x[0]

    exercise = make(lambda x: (x[0] + 1, x[1]), results=("top", "bottom"))
    assert "brackets around both pairs" in exercise(of_three).cause
    assert "brackets around both pairs" in exercise(in_the_first).cause
    assert "brackets" not in exercise(in_another_place).cause


def test_infinity_is_no_proof_where_numpy_warns_of_something_else():
    exercise = make(
        lambda z: np.logaddexp(0, z).mean(),
        Fault(
            "the logarithm of a probability is taken", lambda z: -np.log(1 / (1 + np.exp(z))).mean()
        ),
        rounds={"small": lambda rng: (rng.normal(size=4),), "far": lambda rng: (np.full(4, 1e3),)},
    )
    assert exercise(lambda z: np.log1p(np.exp(z)).mean()).cause == "the exponential overflows"
    cause = exercise(lambda z: -np.log(1 / (1 + np.exp(z))).mean()).cause
    assert cause == "the logarithm of a probability is taken"


def test_a_right_answer_of_other_last_digits_contradicts_no_fault():
    kinds = {
        "many": lambda rng: (rng.normal(size=7), 1),
        "of a kind": lambda rng: (rng.normal(size=7), 0),
    }
    exercise = make(
        lambda x, k: x * (1 + k), Fault("k is not added", lambda x, k: x * (k or 1)), rounds=kinds
    )
    single = exercise(lambda x, k: x.astype(np.float32) * (k or 1))
    assert single.cause == "k is not added"


def test_one_array_in_place_of_several_results_is_told_as_that_one():
    exercise = make(lambda x: (x[:2].copy(), x[0].sum()), results=("W", "b"))
    told = exercise(lambda x: x[:2].copy())
    assert "returns an array of shape (2, 3), expected two values: W and b" in repr(told)
    assert told.cause == "that is only W: return W and b, separated by a comma"
    rows = make(lambda x: (x[0] + 1, x[1] + 1), results=("top", "bottom"))
    assert rows(lambda x: x[:2] + 1), "rows are taken apart"


def test_a_comma_at_the_end_is_told_as_a_tuple_of_one():
    exercise = make(lambda x: x.mean())
    told = exercise(lambda x: (x.mean(),))
    assert "returns a tuple of one value, expected the value itself" in repr(told)
    assert "a comma at the end" in told.cause
    assert "too many" not in repr(told)


def yielding(x):
    yield x.mean(0)


async def waiting(x):
    return x.mean(0)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (yielding, "write `return`"),
        (waiting, "not `async def`"),
        (lambda x: (row.mean() for row in x.T), "take square ones"),
        (lambda x: map(np.mean, x.T), "an object of type map"),
        (lambda x: torch.tensor(x.mean(0), requires_grad=True), "`.detach()`"),
        (lambda x: [torch.tensor(row.mean(), requires_grad=True) for row in x.T], "`.detach()`"),
        (lambda x: (x.mean(0), x), "two values"),
        (lambda x: (x[0], x), "a tuple of 2 arrays"),
    ],
)
def test_what_is_no_array_is_told_as_what_it_is(answer, words):
    verdict = make(column_means)(answer)
    assert verdict.outcome is Outcome.NOT_RIGHT
    assert words in repr(verdict)
    assert "decimal point" not in repr(verdict)
    assert " at 0x" not in repr(verdict)
    two = make(lambda x: (x.min(0), x.max(0)), results=("low", "high"))
    assert " at 0x" not in repr(two(answer))


@pytest.mark.filterwarnings("error")
def test_a_coroutine_that_nobody_waits_for_warns_nobody():
    assert make(column_means)(waiting).outcome is Outcome.NOT_RIGHT


def test_a_shape_is_called_transposed_or_reduced_only_if_the_values_are():
    exercise = make(lambda x: x * x)
    assert exercise(lambda x: (x * x).T).cause == "it is transposed"
    assert exercise(lambda x: (x * x).sum()).cause.startswith("all axes were reduced")
    assert exercise(lambda x: np.arange(15.0).reshape(3, 5)).cause == (
        "the lengths of the axes are exchanged: it may be transposed"
    )
    assert exercise(lambda x: x[0, 0] ** 3).cause.startswith("it is one number: perhaps")


def test_a_loop_that_passes_over_an_entry_is_named_beside_a_second_fault():
    kinds = {
        "numbers": lambda rng: (rng.normal(size=(5, 3)),),
        "whole numbers": lambda rng: (rng.integers(1, 9, (5, 3)),),
    }

    def from_the_second(x):
        y = np.zeros_like(x)
        y[1:] = x[1:] / 2
        return y

    exercise = make(lambda x: x / 2, rounds=kinds)
    assert "the first entry is left out" in exercise(from_the_second).cause


def test_results_that_are_exchanged_are_named_even_where_other_rounds_hide_it():
    kinds = {
        "numbers": lambda rng: (rng.normal(size=(5, 3)),),
        "constant features": lambda rng: (np.full((5, 3), rng.normal()),),
    }
    exercise = make(
        lambda x: (x.mean(0), np.where(np.ptp(x, 0) == 0, 1, x.std(0))),
        Fault("it is the standard deviation", lambda x: x.std(0), of=("the mean",)),
        results=("the mean", "the scale"),
        rounds=kinds,
    )
    cause = exercise(lambda x: (x.std(0), x.mean(0))).cause
    assert cause == "the mean and the scale are exchanged"


def test_a_fault_that_shows_in_half_of_many_entries_is_a_cause_beside_a_second_one():
    kinds = {
        "numbers": lambda rng: (rng.normal(size=40),),
        "ties": lambda rng: (rng.integers(-1, 2, 40),),
    }
    exercise = make(
        lambda x: np.where(x >= 0, 1, -1), Fault("they are 0 and 1", lambda x: 1 * (x >= 0)),
        rounds=kinds,
    )  # fmt: skip
    assert exercise(lambda x: 1 * (x > 0)).cause == "they are 0 and 1"


def test_of_nan_in_place_of_infinity_numpys_warning_is_told():
    exercise = make(lambda x: np.full(3, np.inf))
    assert exercise(lambda x: np.zeros(3) / 0).cause == "zero is divided by zero"


def test_an_exercises_own_words_for_a_loop_come_before_the_general_ones():
    def from_the_second(x):
        y = x.mean(0)
        y[0] = 0
        return y

    exercise = make(
        column_means, Fault("the loop ends before the first feature", from_the_second),
        rounds={"one": lambda rng: (rng.normal(size=(4, 3)),),
                "more": lambda rng: (rng.normal(size=(4, 5)),)},
    )  # fmt: skip
    assert exercise(from_the_second).cause == "the loop ends before the first feature"
