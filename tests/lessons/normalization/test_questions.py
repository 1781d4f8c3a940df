"""The exam items of lecture 01 over 1000 variants each; keys are recomputed in other ways."""

import math
from collections import Counter
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from course_utils.data import load_wine_split
from course_utils.exam import MarkAll, NumericTable, Question
from course_utils.lessons.normalization import model
from course_utils.lessons.normalization.measurements import networks
from course_utils.lessons.normalization.measurements.common import normal
from course_utils.lessons.normalization.questions import item_1_1, item_3_1
from course_utils.lessons.normalization.statements import POOL
from course_utils.lessons.normalization.table_methods import METHODS

SEEDS = range(1000)


@cache
def statements(seed: int | None) -> MarkAll:
    (part,) = item_1_1.question(seed).parts
    assert isinstance(part, MarkAll)
    return part


@cache
def table(seed: int | None) -> tuple[Question, NumericTable]:
    question = item_3_1.question(seed)
    (part,) = question.parts
    assert isinstance(part, NumericTable)
    return question, part


# Item 1.1


def test_of_the_exams_four_statements_only_the_common_choice_holds() -> None:
    assert [option.correct for option in statements(None).options] == [False, False, False, True]
    assert "zero mean and unit variance" in statements(None).options[3].text
    assert statements(None).key() == {"d": "x"}


def test_that_networks_gain_by_normalizing_is_no_matter_of_our_network() -> None:
    raw = np.array(networks.accuracies(model.Identity))
    scaled = np.array(networks.accuracies(model.Standard))
    trivial = [
        DummyClassifier().fit(s.x_train, s.y_train).score(s.x_test, s.y_test)
        for s in map(load_wine_split, range(5))
    ]
    linear = np.mean(
        [
            make_pipeline(StandardScaler(), LogisticRegression())
            .fit(s.x_train, s.y_train)
            .score(s.x_test, s.y_test)
            for s in map(load_wine_split, range(5))
        ]
    )
    assert np.all(raw > trivial)  # on raw features it learns something, with every seed,
    assert np.all(raw < scaled - 0.2)  # and stays far behind;
    assert abs(scaled.mean() - linear) < 0.05  # on standardized ones it learns all there is


def test_the_learning_rate_is_chosen_by_training_loss_alone(monkeypatch) -> None:
    def train(x, y, seed, rate):
        label = 0 if rate == networks.RATES[2] else -1  # others never right, were they chosen
        return (lambda new: np.full(len(new), label)), abs(math.log(rate / networks.RATES[1]))

    monkeypatch.setattr(networks, "train_network", train)
    assert set(networks.accuracies.__wrapped__(model.Identity)) == {0.0}


def test_the_normalizers_behind_the_verdicts_agree_with_scikit_learn() -> None:
    x = load_wine_split(0).x_train
    for ours, theirs in ((model.Standard, StandardScaler), (model.MinMax, MinMaxScaler)):
        np.testing.assert_allclose(
            normal(ours, x), theirs().fit_transform(x), atol=1e-12, rtol=1e-9
        )


def test_no_statement_of_a_variant_touches_another() -> None:
    topics = {one.text: one.topic for one in POOL.statements}
    for seed in SEEDS:
        options = statements(seed).options
        assert len(options) == 4
        assert len({topics[option.text] for option in options}) == 4


def test_the_key_of_every_variant_is_what_an_examiner_says() -> None:
    true = {one.text for one in POOL.statements if one.expected}
    for seed in SEEDS:
        part = statements(seed)
        right = {field: "x" for field, option in part.fields.items() if option.text in true}
        assert part.key() == (right or {"none": "x"})


def test_sometimes_no_statement_is_right_and_never_all_are() -> None:
    right = Counter(sum(o.correct for o in statements(seed).options) for seed in SEEDS)
    assert set(right) == {0, 1, 2, 3}
    assert min(right.values()) > 40


def test_every_statement_is_asked() -> None:
    used = {option.text for seed in SEEDS for option in statements(seed).options}
    assert used == {one.text for one in POOL.statements}


# Item 3.1


def given(part: NumericTable) -> list[list[Fraction]]:
    """The two given columns, read off the printed table."""
    samples = [row for row in part.cells if isinstance(row[0], str)]
    return [[Fraction(str(row[j])) for row in samples] for j in (0, 1)]


def statistics(question: Question, x: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Offset and scale, in exact arithmetic, by what the prompt asks for."""
    mean = sum(x, Fraction(0)) / len(x)
    if "minimum of 0" in question.prompt:
        return min(x), max(x) - min(x)
    if "unit variance" in question.prompt:
        variance = sum(((v - mean) ** 2 for v in x), Fraction(0)) / len(x)
        deviation = Fraction(math.isqrt(int(variance)))
        assert deviation**2 == variance
        return mean, deviation
    assert "zero mean and a maximum of 1" in question.prompt
    assert max(x) - mean == max(abs(v - mean) for v in x)  # however 'maximum' is read
    return mean, max(x) - mean


def test_the_exams_table_has_the_exams_key() -> None:
    _, part = table(None)
    assert given(part) == [[42, 62, 102, 122], [0, 12, 4, 16]]
    values = [entry.value for entry in part.entries.values() if entry.points]
    assert values == [-1, -1, -0.5, 0.5, 0.5, -0.5, 1, 1]
    assert [entry.points for entry in part.entries.values()] == [0.5] * 8 + [0] * 4


@pytest.mark.parametrize("seed", [None, *SEEDS])
def test_the_key_is_exact_and_found_by_hand(seed: int | None) -> None:
    question, part = table(seed)
    columns = given(part)
    samples = len(columns[0])
    normalized = []
    for j, x in enumerate(columns):
        offset, scale = statistics(question, x)
        assert part.entries[f"{samples}.{j}"].value == offset
        assert part.entries[f"{samples + 1}.{j}"].value == scale
        assert scale > 1
        assert offset.denominator == scale.denominator == 1
        z = [(v - offset) / scale for v in x]
        for i, value in enumerate(z):
            entry = part.entries[f"{i}.{j + 2}"]
            assert abs(entry.value - float(value)) < 1e-12
            assert value.denominator in (1, 2, 4, 5)
        assert all(v.denominator == 1 and 0 <= v < 1000 for v in x)
        assert len(set(x)) == samples
        normalized.append(z)
    assert sorted(normalized[0]) != sorted(normalized[1]) or seed is None
    assert normalized[0] != normalized[1]


def test_every_method_and_scene_occurs() -> None:
    prompts = Counter(table(seed)[0].prompt for seed in SEEDS)
    assert len(prompts) == 8 * len(METHODS)


@pytest.mark.parametrize("seed", [None, *range(60)])
def test_a_slip_in_the_working_is_carried_on_and_not_punished_again(seed: int | None) -> None:
    question, part = table(seed)
    columns = given(part)
    samples = len(columns[0])
    answer = dict(part.key())
    offset, scale = statistics(question, columns[0])
    slip = offset + scale * Fraction(7, 16)  # no mean of values in quarters or fifths
    answer[f"{samples}.0"] = str(slip)
    for i, x in enumerate(columns[0]):
        answer[f"{i}.2"] = str((x - slip) / scale)
    mark = part.mark(answer)
    assert mark.points == 4
    outcomes = Counter(remark.outcome for remark in mark.remarks.values())
    assert outcomes["followed"] == samples
    del answer[f"{samples}.0"]
    assert part.mark(answer).points == 2


@pytest.mark.parametrize(
    ("subtracted", "divided", "says"),
    [
        ("0", "122", "leaves a step out"),
        ("82", "1", "leaves a step out"),
        ("42", "80", "min-max scaling"),
        ("82", "31.62", "zero mean and unit variance"),
        ("500", "40", "outside"),
        ("82", "-40", "outside"),
        ("82", "1e9", "outside"),
        ("82", "0", "outside"),
        ("82", "80", "largest minus smallest"),
        ("82", "122", "largest value, before"),
        ("82", "1000", "the variance"),
        ("82", "36.51", "with n − 1"),
        ("82", "82", "the mean"),
        ("42", "40", "subtracted the smallest value:"),
        ("122", "80", "subtracted the largest value"),
        ("82", "31.6", "the standard deviation"),
        ("82", "63.2", "the root of the sum"),
    ],
)
def test_a_missing_step_or_another_method_is_no_slip(
    subtracted: str, divided: str, says: str
) -> None:
    _, part = table(None)
    answer = {"4.0": subtracted, "5.0": divided}
    right = 0.0
    for i, x in enumerate((42, 62, 102, 122)):
        value = (x - float(subtracted)) / (float(divided) or 1.0)
        answer[f"{i}.2"] = repr(round(value, 4))
        right += 0.5 * (abs(value - part.entries[f"{i}.2"].value) < 0.005)
    mark = part.mark(answer)
    assert mark.points == right <= 0.5  # one of them may happen to be right
    wrong = [remark.says for remark in mark.remarks.values() if remark.outcome == "wrong"]
    assert wrong
    assert all(says in remark for remark in wrong)


OTHERS = {
    "median": (np.median, np.std),
    "smallest": (np.min, np.std),
    "mean absolute deviation": (np.mean, lambda x: np.abs(x - x.mean()).mean()),
    "zero mean and maximum 1": (np.mean, lambda x: x.max() - x.mean()),
    "subtracted the mean": (np.mean, np.ptp),
    "subtracted the largest": (np.max, np.ptp),
    "scaling to −1 … 1": (lambda x: (x.min() + x.max()) / 2, lambda x: np.ptp(x) / 2),
    "largest value minus the mean": (np.min, lambda x: x.max() - x.mean()),
}


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        *(("unit variance", other) for other in list(OTHERS)[:4]),
        *(("minimum of 0", other) for other in list(OTHERS)[4:]),
    ],
)
def test_working_by_another_method_earns_nothing_in_any_variant(asked: str, other: str) -> None:
    seeds = [seed for seed in range(60) if asked in table(seed)[0].prompt]
    said = [followed_or_said(seed, *OTHERS[other]) for seed in seeds]
    assert not any("followed" in outcomes for outcomes, _ in said)
    assert sum(other in says for _, says in said) > 0.6 * len(seeds)  # else it is told another name


def followed_or_said(seed, subtracted, divided) -> tuple[set[str], str]:
    """What is made of the values that follow from working in the first column."""
    _, part = table(seed)
    x = np.array([float(value) for value in given(part)[0]])
    offset, scale = float(subtracted(x)), float(divided(x))
    answer = {f"{len(x)}.0": repr(round(offset, 3)), f"{len(x) + 1}.0": repr(round(scale, 3))}
    answer |= {f"{i}.2": repr(round(float(v - offset) / scale, 3)) for i, v in enumerate(x)}
    remarks = part.mark(answer).remarks.values()
    return {one.outcome for one in remarks}, " ".join(one.says for one in remarks)


def test_subtracting_the_smallest_value_is_no_step_left_out_where_it_is_0() -> None:
    _, part = table(None)
    answer = {"4.1": "0", "5.1": "8"}
    for i, x in enumerate((0, 12, 4, 16)):
        answer[f"{i}.3"] = repr(x / 8)
    remarks = [r for r in part.mark(answer).remarks.values() if r.outcome == "wrong"]
    assert len(remarks) == 4
    for remark in remarks:
        assert "subtracted the smallest value, or nothing" in remark.says
        assert "sign" not in remark.says  # of 4, 0.5 is minus the right value, and no slip of sign


def test_a_slip_that_gives_the_mean_absolute_deviation_is_carried_on() -> None:
    _, part = table(None)
    answer = {"4.0": "82", "5.0": "30"}  # 122 − 82, a ten lost; the mean absolute deviation, too
    for i, x in enumerate((42, 62, 102, 122)):
        answer[f"{i}.2"] = repr((x - 82) / 30)
    assert part.mark(answer).points == 2


def test_min_max_is_told_as_such_where_the_smallest_value_is_0() -> None:
    _, part = table(None)
    answer = {"4.1": "0", "5.1": "16"}
    for i, x in enumerate((0, 12, 4, 16)):
        answer[f"{i}.3"] = repr(x / 16)
    wrong = [r.says for r in part.mark(answer).remarks.values() if r.outcome == "wrong"]
    assert wrong
    assert all("min-max scaling" in says for says in wrong)


def test_the_derivation_tells_every_step() -> None:
    question, _ = table(None)
    for number in ("42 + 62 + 102 + 122", "= 82", "−40, −20, 20, 40", "the largest is 8"):
        assert number in question.derivation
