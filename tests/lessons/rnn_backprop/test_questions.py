"""Exam items 4.1 to 4.3; keys and evidence are recomputed in other ways."""

import re
from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from course_utils.exam import NumericTable, Question
from course_utils.exam.kinds.formula import Formula
from course_utils.lessons.rnn_backprop import cells
from course_utils.lessons.rnn_backprop.questions import item_4_1, item_4_2, item_4_3

SEEDS = range(1000)


@cache
def table(seed: int | None) -> tuple[Question, NumericTable]:
    question = item_4_1.question(seed)
    (part,) = question.parts
    assert isinstance(part, NumericTable)
    return question, part


@cache
def formulas(seed: int | None) -> tuple[Question, Formula]:
    question = item_4_2.question(seed)
    (part,) = question.parts
    assert isinstance(part, Formula)
    return question, part


# Item 4.1


def values(part: NumericTable) -> list[float]:
    return [part.entries[field].value for field in ("0.0", "0.1", "1.0", "1.1")]


def by_hand(question: Question) -> list[Fraction]:
    """States and outputs in exact arithmetic, from the printed prompt alone."""
    prompt = question.prompt.replace("−", "-")
    equations = re.search(r"\$\$(.*)\.\$\$", prompt)
    assert equations
    mixed, state, output = equations.group(1).split(r", \qquad ")
    given = {
        name: Fraction(value)
        for name, value in re.findall(r"\$([^$=]+) = (-?[\d.]+)\$", prompt.split("With")[1])
    }
    (h,) = [value for name, value in given.items() if name.endswith("_0")]
    weight = given[re.match(r".* = (.+) \\cdot", state).group(1)]  # type: ignore[union-attr]
    scale = re.match(r".* = (\w) \\cdot", output)
    states, outputs = [], []
    for step in ("1", "2"):
        (x,) = [value for name, value in given.items() if name.endswith(f"_{step}")]
        h = weight * (x - h if " - " in mixed.split("=")[1] else h + x)
        states.append(h)
        outputs.append(given[scale.group(1)] * h if scale else h)
    return states + outputs


def test_the_exams_cell_has_the_exams_key() -> None:
    question, part = table(None)
    assert values(part) == [0.5, 0.5, 0.5, 0.5]
    assert [entry.points for entry in part.entries.values()] == [0.75, 0.75, 0.25, 0.25]
    for fact in ("$w_{oh} = 0.5$", "$h_0 = 0$", "$x_1 = 1$", "$x_2 = 0.5$"):
        assert fact in question.prompt


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_the_key_is_exact_and_found_by_hand(start: int) -> None:
    for seed in (None, *range(start, start + 100)):
        question, part = table(seed)
        hand = by_hand(question)
        for value, exact in zip(values(part), hand, strict=True):
            assert abs(value - float(exact)) < 1e-12
            assert (exact * 100).denominator == 1
            assert 0.04 < abs(exact) <= 20
        assert abs(hand[0] - hand[1]) > 0.04 or seed is None


def test_a_slip_is_carried_on_and_not_punished_again() -> None:
    _, part = table(None)
    mark = part.mark(
        {"0.0": "1", "0.1": "0.75", "1.0": "1", "1.1": "0.75"}
    )  # h₁ without the weight
    assert mark.points == 1.25
    outcomes = Counter(remark.outcome for remark in mark.remarks.values())
    assert outcomes == {"wrong": 1, "followed": 3}
    assert "0.5 · (0 + 1) = 0.5" in mark.remarks["0.0"].says


def test_nothing_follows_from_a_state_that_no_slip_leads_to() -> None:
    for typed in ("0", "7", "-100", "1e9"):
        mark = table(None)[1].mark(dict.fromkeys(("0.0", "0.1", "1.0", "1.1"), typed))
        assert mark.points == 0
        assert "no slip" in mark.remarks["1.1"].says


@pytest.mark.parametrize("seed", range(200))
def test_typical_slips_are_wrong(seed: int) -> None:
    question, part = table(seed)
    right = values(part)
    assert part.mark({"0.1": repr(right[0])}).points == 0  # the same state again
    assert part.mark({"0.0": repr(-right[0])}).points == 0
    _, _, p1, p2 = by_hand(question)
    assert part.mark({"1.0": str(p2)}).points == 0
    assert part.mark({"1.1": str(p1)}).points == 0


# Item 4.2

KEY = (
    "-y_t/yhat_t + (1 - y_t)/(1 - yhat_t)",
    "dL_dyhat_t + w_oh*dL_dh_next",
    "w_oh*dL_dh_t",
    "o_t*dL_dh_t",
    "sum(dL_dw_oh_t)",
)


def test_the_exams_derivatives() -> None:
    question, part = formulas(None)
    assert tuple(part.key().values()) == KEY
    assert [wanted.points for wanted in part.wanted] == [1] * 5
    for fact in (r"o_{t} = h_{t-1} + x_{t}", r"h_{t} = w_{oh} \cdot o_{t}", r"\hat y_{t} = h_{t}"):
        assert fact in question.prompt
    assert "binary cross-entropy" in question.prompt


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (0, "−y/ŷ + (1−y)/(1−ŷ)"),
        (0, "(ŷₜ - yₜ)/(ŷₜ(1 - ŷₜ))"),
        (0, "-y/h + (1-y)/(1-h)"),  # the output is the state
        (1, "∂L/∂ŷ_t + w_oh·∂L/∂h_{t+1}"),
        (1, "dL_dyhat + dL_do_next"),  # o_{t+1} takes h_t as it is
        (1, "(ŷ - y)/(ŷ - ŷ^2) + w dL_dh_{t+1}"),
        (2, "w_oh ∂L/∂h_t"),
        (2, "w_oh*(dL_dyhat + w_oh*dL_dh_next)"),
        (3, "(h_prev + x_t)*dL_dh_t"),
        (3, "o_t*dL_do_t/w_oh"),
        (4, "Σ_t o_t ∂L/∂h_t"),
        (4, "sum(dL_dw_t)"),
        (4, "sum(o_t*(dL_dyhat_t + w_oh*dL_dh_next), t)"),
        (4, "Σ_{t=1}^{T} ∂L/∂w_{oh,t}"),
    ],
)
def test_right_forms_of_the_exams_answers(field: int, typed: str) -> None:
    _, part = formulas(None)
    assert part.problems({str(field): typed}) == {}
    assert part.mark({str(field): typed}).points == 1


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        (0, "y/ŷ - (1-y)/(1-ŷ)", "The sign is wrong."),
        (0, "-y/ŷ - (1-y)/(1-ŷ)", "The sign is wrong in the term"),
        (0, "-y/ŷ", "A term is missing"),
        (0, "-log(ŷ)", "not equal"),
        (1, "dL_dyhat_t", "A term is missing"),
        (1, "dL_dyhat + dL_dh_next", r"A factor $w_{oh}$ is missing"),
        (1, "w_oh*dL_dh_next", "A term is missing"),
        (2, "dL_dh_t", r"A factor $w_{oh}$ is missing"),
        (2, "w_oh*dL_dh_next", "not equal"),
        (3, "x_t*dL_dh_t", "not equal"),
        (3, "w_oh*dL_dh_t", "not equal"),
        (3, "h_t*dL_dh_t", "A factor is wrong: yours is $w_{oh}$ times what it should be."),
        (3, "o_t*dL_do_t", "A factor is wrong: yours is $w_{oh}$ times what it should be."),
        (3, "w_oh*o_t*dL_dh_t", "A factor $w_{oh}$ is too much."),
        (3, "sum(o_t*dL_dh_t)", "The sum over $t$ is too much"),
        (4, "o_t*dL_dh_t", "The sum over $t$ is missing"),
        (4, "dL_dw_oh_t", "The sum over $t$ is missing"),
        (4, "sum(dL_dh_t)", "In what is summed: a factor $o_{t}$ is missing"),
    ],
)
def test_a_typical_slip_is_named(field: int, typed: str, says: str) -> None:
    _, part = formulas(None)
    mark = part.mark({str(field): typed})
    assert part.problems({str(field): typed}) == {}
    assert mark.points == 0
    assert says in mark.remarks[str(field)].says


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (0, "dL_dyhat_t"),
        (0, "dL_dh_t - w_oh*dL_dh_next"),
        (1, "dL_dh_t"),
        (1, "dL_do_t/w_oh"),
        (2, "dL_do_t"),
        (2, "dL_dw_t*w_oh/o_t"),
        (3, "dL_dw_oh_t"),
    ],
)
def test_what_is_asked_for_cannot_be_the_answer(field: int, typed: str) -> None:
    _, part = formulas(None)
    assert "cannot be used here" in part.problems({str(field): typed})[str(field)]
    assert part.mark({str(field): typed}).points == 0


def test_no_key_uses_what_is_asked_for_and_its_negative_is_wrong() -> None:
    for seed in range(0, 1000, 5):
        _, part = formulas(seed)
        for field, wanted in part.fields.items():
            assert not any(name in wanted.barred for name in re.findall(r"\w+", wanted.expected))
            assert part.mark({field: f"-({wanted.expected})"}).points == 0


def test_every_cell_and_every_letter_occurs() -> None:
    assert len(cells.CELLS) == len(set(cells.CELLS)) == 104
    letters = Counter(formulas(seed)[1].wanted[0].name for seed in SEEDS)
    assert len(letters) >= 3


def test_no_printed_question_gives_its_key_away() -> None:
    for seed in (None, *range(100)):
        question, part = formulas(seed)
        assert question.derivation not in question.text()
        for line in part.key_text().splitlines()[1:]:  # the first may be a part of the loss
            assert (
                line.rstrip("$").split("} = " if "} = " in line else "= ")[1] not in question.text()
            )


# Item 4.3


def test_the_exams_trouble_has_the_exams_two_parts() -> None:
    (part,) = item_4_3.question(None).parts
    assert [criterion.points for criterion in part.rubric] == [0.5, 0.5, 1.0]
    logarithm, sigmoid, gradient = (criterion.says for criterion in part.rubric)
    assert "logarithm" in logarithm
    assert "a sigmoid at the output" in sigmoid
    assert "nonlinearity" in gradient
    assert "1.9 \\cdot 10^{-6}" in part.rubric[2].why  # 0.5^19


@pytest.mark.parametrize("seed", range(60))
def test_the_evidence_of_a_linear_cell_is_the_power_of_its_weight(seed: int) -> None:
    question = item_4_3.question(seed)
    (part,) = question.parts
    steps = int(re.search(r"sequences of (\d+) steps", question.prompt).group(1))
    weight = float(re.search(r" = (−?[\d.]+)\$ at first", question.prompt)[1].replace("−", "-"))
    gradient = next(c.why for c in part.rubric if "arrives" in c.why)
    found = re.search(r"first state, \$?([\d.]+)(?: \\cdot 10\^\{(-?\d+)\})?", gradient)
    size = float(found[1]) * 10.0 ** int(found[2] or 0)
    power = abs(weight) ** (steps - 1)
    if "tanh" in question.prompt:
        assert size < power
    else:
        assert abs(size / power - 1) < 0.06
    asks_for_a_sigmoid = any("a sigmoid at the output" in c.says for c in part.rubric)
    assert asks_for_a_sigmoid == (r"\sigma" not in question.prompt)
    assert ("a problem with its loss" in question.prompt) == (not asks_for_a_sigmoid)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("w^{oh}*dL_dh_t", "w_oh"), ("w^(oh)", "w_oh"), ("w**(oh)", "w_oh"), ("h^{prev}", "h_prev")],
)
def test_an_index_that_was_raised_is_no_power(typed: str, name: str) -> None:
    _, part = formulas(None)
    assert f"for the symbol type {name}." in part.problems({"2": typed})["2"]
