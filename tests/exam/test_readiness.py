"""The forecast of the exam, held against simulated students whose ability is known."""

from collections.abc import Callable

import numpy as np
import pytest

from course_utils.exam.blueprint import EXAM
from course_utils.exam.readiness import INTERVAL, Readiness, Tried, readiness

ENTRIES = [entry for section in EXAM.sections for entry in section.items]
WORTH = np.array([entry.points for entry in ENTRIES])
STEPS = np.maximum(1, np.round(WORTH)).astype(int)


class Student:
    """Somebody with an ability for every item, who learns a little or not at all."""

    def __init__(
        self, rng: np.random.Generator, items: int | None = None, learns: float = 0.0
    ) -> None:
        level, spread = rng.uniform(0.1, 0.95), rng.choice([1, 3, 8, 30])
        self.rng, self.learns = rng, learns
        self.items = int(rng.integers(5, len(ENTRIES) + 1)) if items is None else items
        self.ability = rng.beta(level * spread, (1 - level) * spread, len(ENTRIES))

    def shares(self) -> np.ndarray:
        return self.rng.binomial(STEPS, self.ability) / STEPS

    def practised(self) -> list[Tried]:
        results: list[Tried] = []
        for place in self.rng.choice(len(ENTRIES), self.items, replace=False):
            for _ in range(self.rng.integers(1, 4)):
                points = WORTH[place] * self.shares()[place]
                results.append(Tried(len(results), ENTRIES[place].id, points, WORTH[place]))
                self.ability[place] += self.learns * (1 - self.ability[place])
        return results

    def exam(self) -> float:
        return float(WORTH @ self.shares())


class Specialist(Student):
    """Good at some sections of the exam and bad at others."""

    def __init__(self, rng: np.random.Generator) -> None:
        super().__init__(rng)
        level = rng.uniform(0.2, 0.9)
        by_section = [rng.normal(level, 0.25, 1).repeat(len(s.items)) for s in EXAM.sections]
        self.ability = np.clip(np.concatenate(by_section), 0.02, 0.98)


class AllOrNothing(Student):
    """Gets an item right or does not."""

    def shares(self) -> np.ndarray:
        return (self.rng.random(len(ENTRIES)) < self.ability).astype(float)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        Student,
        Specialist,
        AllOrNothing,
        lambda rng: Student(rng, items=3),
        lambda rng: Student(rng, items=len(ENTRIES)),
        lambda rng: Student(rng, learns=0.25),
    ],
    ids=["any", "specialist", "all or nothing", "few items", "all items", "learner"],
)
def test_the_interval_holds_what_comes_about_as_often_as_it_says(
    make: Callable[[np.random.Generator], Student],
) -> None:
    held, missed_by = 0, []
    for number in range(200):
        student = make(np.random.default_rng([31, number]))
        found = readiness(EXAM, student.practised())
        assert found is not None
        came = student.exam()
        held += found.whole.low <= came <= found.whole.high
        missed_by.append(found.whole.expected - came)
    assert INTERVAL - 0.1 <= held / 200 <= INTERVAL + 0.1
    assert abs(np.mean(missed_by)) < 4  # of 66: not far off on average, and late for who learns


def told(*results: Tried) -> Readiness:
    found = readiness(EXAM, results)
    assert found is not None
    return found


def whole(share: float, times: int = 1, ids: tuple[str, ...] | None = None) -> list[Tried]:
    return [
        Tried(time, entry.id, share * entry.points, entry.points)
        for time in range(times)
        for entry in ENTRIES
        if ids is None or entry.id in ids
    ]


def test_nothing_is_told_of_nothing() -> None:
    assert readiness(EXAM, []) is None
    assert readiness(EXAM, [Tried(0, "15.hand", 3, 3)]) is None


def test_more_points_promise_more_and_more_results_narrow_the_interval() -> None:
    weak, good, sure = told(*whole(0.2)), told(*whole(0.9)), told(*whole(0.9, times=4))
    assert weak.whole.expected < good.whole.expected
    assert good.whole.high - good.whole.low > sure.whole.high - sure.whole.low
    few = told(*whole(0.9, ids=("1.1", "2.1")))
    assert few.whole.high - few.whole.low > good.whole.high - good.whole.low
    assert (few.tried, few.items) == (2, 29)


def test_the_latest_result_counts_most_whatever_the_order_in_which_they_come() -> None:
    early, late = whole(0.0), [Tried(9, *r) for r in [(e.id, e.points, e.points) for e in ENTRIES]]
    better = told(*early, *late)
    assert better == told(*late, *early)
    worse = told(*[Tried(9, r.item, r.points, r.out_of) for r in early], *whole(1.0))
    assert better.whole.expected > worse.whole.expected + 10


def test_full_marks_leave_the_bonus_out_and_a_section_of_bonus_points_has_its_own() -> None:
    found = told(*whole(1.0))
    assert found.whole.full == 60
    assert sum(one.expected for one in found.sections.values()) > 60
    assert [one.full for one in found.sections.values()] == [8, 16, 12, 9, 11, 4, 4]
    assert list(found.sections) == [str(section) for section in EXAM.sections]
    for one in (found.whole, *found.sections.values()):
        assert one.low <= one.expected <= one.high


def test_the_forecast_is_the_same_each_time_and_says_what_it_rests_on() -> None:
    said = str(told(*whole(0.5, ids=("1.1", "1.3"))))
    assert said == str(told(*whole(0.5, ids=("1.1", "1.3"))))
    assert "of 60 points" in said
    assert "2 of its 29 questions" in said
