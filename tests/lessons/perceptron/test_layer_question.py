"""Exam item 3.4 over 1000 variants: the verdict is found again from the printed samples."""

import re
from collections import Counter
from functools import cache

import numpy as np
from sklearn.svm import LinearSVC

from course_utils.exam import Question
from course_utils.exam.kinds.short_text import ShortText
from course_utils.lessons.perceptron.questions import item_3_4

SEEDS = range(1000)


@cache
def asked(seed: int | None) -> tuple[Question, ShortText]:
    question = item_3_4.question(seed)
    (part,) = question.parts
    assert isinstance(part, ShortText)
    return question, part


def read(question: Question) -> tuple[np.ndarray, list[str]]:
    rows = re.findall(r"\| \d \| (\S+) \| (\S+) \| (\S+) \|", question.prompt)
    return np.array([[float(a), float(b)] for a, b, _ in rows]), [name for *_, name in rows]


def turns(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> float:
    """Twice the signed area of a triangle."""
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def sort(x: np.ndarray, names: list[str]) -> str:
    """Across, among or apart, by the orientation of triangles alone."""
    groups = [[p for p, name in zip(x, names, strict=True) if name == n] for n in sorted({*names})]
    one, other = sorted(groups, key=len)
    if len(one) == 1:
        sides = [np.sign(turns(other[i], other[(i + 1) % 3], one[0])) for i in range(3)]
        return "among" if abs(sum(sides)) == 3 else "apart"
    crossing = turns(*one, other[0]) * turns(*one, other[1]) < 0
    crossed = turns(*other, one[0]) * turns(*other, one[1]) < 0
    return "across" if crossing and crossed else "apart"


def test_the_exams_patients_are_xor() -> None:
    question, part = asked(None)
    x, names = read(question)
    assert x.tolist() == [[42, 0], [62, 12], [102, 4], [122, 16]]
    assert names == ["yes", "no", "no", "yes"]
    assert [criterion.points for criterion in part.rubric] == [1, 1]
    assert "No: it is an XOR problem" in part.rubric[0].says
    assert "(82, 8)" in part.rubric[0].why
    assert "3 of 4" in part.rubric[1].why


def test_every_verdict_is_that_of_the_drawing() -> None:
    sorts = Counter()
    for seed in (None, *SEEDS):
        question, part = asked(seed)
        x, names = read(question)
        found = sort(x, names)
        sorts[found] += 1
        says = part.rubric[0].says
        assert says.startswith("Yes" if found == "apart" else "No")
        assert ("XOR" in says) == (found == "across")
        assert ("triangle" in says) == (found == "among")
        assert "XOR" not in question.prompt
    assert min(sorts.values()) > 250


def test_an_independent_classifier_agrees() -> None:
    for seed in (None, *range(60)):
        x, names = read(asked(seed)[0])
        z = (x - x.mean(axis=0)) / x.std(axis=0)
        model = LinearSVC(C=1e4, max_iter=200_000, random_state=0, intercept_scaling=10)
        right = model.fit(z, names).score(z, names) == 1
        assert right == asked(seed)[1].rubric[0].says.startswith("Yes")


def test_mistakes_are_counted_in_words_that_fit() -> None:
    counts = Counter()
    for seed in SEEDS:
        counts.update(re.findall(r"ended after (\d+ mistakes?),", asked(seed)[1].rubric[1].why))
    assert counts["1 mistake"] > 0
    assert all(number.endswith("s") != number.startswith("1 ") for number in counts)


def test_the_samples_named_in_the_rubric_are_those_of_the_table() -> None:
    for seed in SEEDS:
        question, part = asked(seed)
        x, names = read(question)
        if sort(x, names) == "among":
            alone = min(names, key=names.count)
            assert f"sample {names.index(alone) + 1} lies within" in part.rubric[0].says
