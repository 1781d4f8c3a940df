"""Exam item 3.3 over 1000 variants; keys are found again by exact arithmetic from the print."""

import re
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from course_utils.exam import NumericTable, Question
from course_utils.lessons.perceptron.questions import item_3_3

SEEDS = range(1000)


@cache
def asked(seed: int | None) -> tuple[Question, NumericTable]:
    question = item_3_3.question(seed)
    (part,) = question.parts
    assert isinstance(part, NumericTable)
    return question, part


def numbers(text: str) -> list[Fraction]:
    return [
        Fraction(found.replace("−", "-"))
        for found in re.findall(r"(?<![\w.])[−-]?\d+(?:\.\d+)?", text)
    ]


def read(question: Question) -> tuple[list[list[Fraction]], list[Fraction], Fraction, list]:
    """Training columns, weights, bias and the new sample, as the prompt prints them."""
    rows = re.findall(r"\| \d \| (\S+) \| (\S+) \|", question.prompt)
    columns = [[Fraction(row[j]) for row in rows] for j in (0, 1)]
    trained, measured = question.prompt.split("Its weights are ")[1].split("Its answer is")
    first, second, *bias = numbers(trained)
    new = numbers(measured.split("\n\n")[1])
    return columns, [first, second], bias[0] if bias else Fraction(0), new


def test_the_exams_patient_is_no_zombie() -> None:
    question, part = asked(None)
    columns, weights, bias, new = read(question)
    assert columns == [[42, 62, 102, 122], [0, 12, 4, 16]]
    assert (weights, bias, new) == ([1, 3], 0, [22, 8])
    assert [e.value for e in part.entries.values()] == [82, 8, 40, 8, -1.5, 0, -1.5, -1]
    assert [e.points for e in part.entries.values()] == [0, 0, 0, 0, 0.5, 0.5, 1, 1]


@pytest.mark.parametrize("seed", [None, *SEEDS])
def test_the_key_is_exact_and_found_by_hand(seed: int | None) -> None:
    question, part = asked(seed)
    columns, weights, bias, new = read(question)
    total = bias
    for j, x in enumerate(columns):
        mean = sum(x, Fraction(0)) / 4
        largest = max(x) - mean
        assert mean.denominator == largest.denominator == 1
        assert largest == max(abs(v - mean) for v in x)  # however 'maximum' is read
        assert min(*x, new[j]) >= 0
        z = (new[j] - mean) / largest
        assert z.denominator in (1, 2, 4)
        entries = [part.entries[f"{row}.{j}"].value for row in range(3)]
        assert entries == [mean, largest, z]
        total += weights[j] * z
    assert part.entries["3.0"].value == total != 0
    assert part.entries["4.0"].value == (-1 if total < 0 else 1)


def test_both_classes_and_both_signs_of_the_bias_occur() -> None:
    signs = [asked(seed)[1].entries["4.0"].value for seed in SEEDS]
    assert min(signs.count(-1), signs.count(1)) > 300
    biases = {read(asked(seed)[0])[2] for seed in SEEDS}
    assert min(biases) < 0 < max(biases)


def test_a_slip_in_question_31_is_carried_through_to_the_sign() -> None:
    _, part = asked(None)
    # The mean of Braineatase was taken to be 72 and its largest difference 50.
    own = {"0.0": "72", "1.0": "50", "0.1": "8", "1.1": "8"}
    answer = own | {"2.0": "-1", "2.1": "0", "3.0": "-1", "4.0": "-1"}
    mark = part.mark(answer)
    assert mark.points == 3
    outcomes = [mark.remarks[f].outcome for f in ("2.0", "2.1", "3.0", "4.0")]
    assert outcomes == ["followed", "right", "followed", "right"]
    del answer["0.0"]
    assert part.mark(answer).points == 2.5


def test_a_slip_in_the_sum_earns_the_sign_that_follows() -> None:
    _, part = asked(None)
    answer = dict(part.key()) | {"3.0": "1.5", "4.0": "1"}
    mark = part.mark(answer)
    assert mark.points == 2
    assert mark.remarks["4.0"].outcome == "followed"


def test_forgetting_to_normalize_is_no_slip() -> None:
    _, part = asked(None)
    answer = {"0.0": "0", "1.0": "1", "0.1": "0", "1.1": "1", "2.0": "22", "2.1": "8"}
    mark = part.mark(answer | {"3.0": "46", "4.0": "1"})
    assert mark.points == 1  # the sign alone is that of their sum
    assert "leaves a step out" in mark.remarks["2.0"].says
    assert "have to be normalized first" in mark.remarks["3.0"].says


@pytest.mark.parametrize(
    ("z", "total", "says"),
    [
        (("0", "0"), "0", "normalized by itself"),
        (("-60", "0"), "-60", "half of the normalizing"),
        (("0.55", "1"), "3.55", "half of the normalizing"),
    ],
)
def test_nothing_follows_from_a_step_that_was_left_out(z, total, says) -> None:
    _, part = asked(None)
    sign = "-1" if float(total) < 0 else "1"
    remarks = part.mark({"2.0": z[0], "2.1": z[1], "3.0": total, "4.0": sign}).remarks
    assert remarks["3.0"].outcome == "wrong"
    assert says in remarks["3.0"].says


def test_no_key_is_what_is_left_of_a_step_left_out() -> None:
    for seed in (None, *SEEDS):
        z = [asked(seed)[1].entries[f"2.{j}"].value for j in (0, 1)]
        assert any(z)


@pytest.mark.parametrize(
    ("offset", "scale", "says"),
    [
        ("42", "80", "min-max"),
        ("82", "31.62", "by the standard deviation:"),
        ("82", "31.6", "by the standard deviation:"),
        ("82", "36.51", "n − 1"),
        ("82", "80", "largest minus smallest"),
        ("82", "122", "the largest value, before"),
        ("82", "82", "by the mean:"),
        ("82", "1000", "the variance"),
        ("82", "63.25", "the root of the sum of squared differences"),
        ("42", "40", "subtracted the smallest value:"),
        ("122", "40", "subtracted the largest value:"),
        ("500", "40", "outside"),
        ("82", "-40", "outside"),
    ],
)
def test_another_method_or_an_impossible_value_is_no_slip(offset, scale, says) -> None:
    _, part = asked(None)
    z = (22 - float(offset)) / float(scale)
    mark = part.mark({"0.0": offset, "1.0": scale, "2.0": repr(round(z, 4))})
    assert mark.points == 0
    assert says in mark.remarks["2.0"].says


def test_the_smallest_value_may_be_nothing_and_a_median_that_is_the_mean_is_right() -> None:
    _, part = asked(None)
    remarks = part.mark({"0.1": "0", "1.1": "8", "2.1": "1"}).remarks
    assert "subtracted the smallest value, or nothing:" in remarks["2.1"].says
    assert part.mark({"0.0": "82", "1.0": "40", "2.0": "-1.5"}).remarks["2.0"].outcome == "right"


@pytest.mark.parametrize(
    "divisor", [np.ptp, np.max, np.var, np.std, lambda x: np.std(x, ddof=1), np.mean]
)
def test_working_by_another_method_is_never_carried_on(divisor) -> None:
    for seed in (None, *range(200)):
        question, part = asked(seed)
        columns, _, _, new = read(question)
        answer = {}
        for j, column in enumerate(columns):
            x = np.array(column, dtype=float)
            scale = round(float(divisor(x)), 2)
            answer |= {f"0.{j}": repr(x.mean()), f"1.{j}": repr(scale)}
            answer[f"2.{j}"] = repr(round((float(new[j]) - x.mean()) / scale, 4))
        remarks = part.mark(answer).remarks
        assert {remarks[f"2.{j}"].outcome for j in range(2)} <= {"right", "wrong"}
