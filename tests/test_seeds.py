import pytest

from course_utils.seeds import LARGEST, seeds


def test_the_lectures_own_seeds_begin_at_0():
    assert list(seeds(5)) == [0, 1, 2, 3, 4]


def test_other_sets_share_no_seed(monkeypatch):
    first = set(seeds(LARGEST))
    monkeypatch.setenv("COURSE_SEED_SET", "3")
    assert len(seeds(LARGEST)) == LARGEST
    assert first.isdisjoint(seeds(LARGEST))
    assert seeds(2)[0] == seeds(LARGEST)[0]


@pytest.mark.parametrize("count", [0, -1, LARGEST + 1])
def test_a_count_that_makes_no_set_is_refused(count):
    with pytest.raises(ValueError, match=f"1 to {LARGEST} seeds, and {count} were"):
        seeds(count)


@pytest.mark.parametrize("number", ["-1", "two", "1.5", " "])
def test_a_set_that_is_no_number_is_named(monkeypatch, number):
    monkeypatch.setenv("COURSE_SEED_SET", number)
    with pytest.raises(ValueError, match="COURSE_SEED_SET is"):
        seeds(1)


def test_an_empty_set_is_the_usual_one(monkeypatch):
    monkeypatch.setenv("COURSE_SEED_SET", "")
    assert seeds(1)[0] == 0
