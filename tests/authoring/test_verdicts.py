import pytest
from nbformat.v4 import new_output

from course_utils.authoring import AuthoringError
from course_utils.authoring.verdicts import check_verdicts, has_checks
from course_utils.checks import Outcome
from tests.authoring.conftest import source_of

ROOM = "course_utils.lessons.start_here"
WAYS = {  # to import a check -> to call it
    f"from {ROOM}.exercises import check_mean_square": "check_mean_square",
    f"from {ROOM}.exercises import check_mean_square as mine": "mine",
    f"from {ROOM}.exercises.means import check_mean_square": "check_mean_square",
    f"from {ROOM} import exercises": "exercises.check_mean_square",
    f"from {ROOM} import exercises as tasks": "tasks.check_mean_square",
    f"import {ROOM}.exercises as tasks": "tasks.check_mean_square",
    f"import {ROOM}.exercises": f"{ROOM}.exercises.check_mean_square",
}


def lecture(way, line):
    return source_of(way, f"def f(x):\n    return x\n\n\n{line}")


def shown(source, outcome):
    symbol, words = outcome.value
    source.notebook.cells[1].outputs = [
        new_output("display_data", data={"text/plain": f"{symbol} {words} — The mean"})
    ]
    return source.notebook


@pytest.mark.parametrize("way", WAYS)
def test_a_check_is_found_however_it_is_imported(way):
    source = lecture(way, f"{WAYS[way]}(f)")
    assert has_checks(source)
    check_verdicts(source, shown(source, Outcome.NOT_STARTED), Outcome.NOT_STARTED)
    with pytest.raises(AuthoringError, match=r"^toy\.md:204: in the student's .* 'not started'"):
        check_verdicts(source, shown(source, Outcome.PASSED), Outcome.NOT_STARTED)


@pytest.mark.parametrize("way", WAYS)
def test_a_verdict_that_is_not_shown_and_a_solution_that_is_are_refused(way):
    hidden = lecture(way, f"verdict = {WAYS[way]}(f)")
    with pytest.raises(AuthoringError, match=r"^toy\.md:204: the verdict .* is not shown"):
        check_verdicts(hidden, hidden.notebook, Outcome.PASSED)
    open_ = lecture(way, f"{WAYS[way]}.solution()")
    with pytest.raises(AuthoringError, match=r"^toy\.md:204: this shows students a solution"):
        check_verdicts(open_, open_.notebook, Outcome.PASSED)


def test_what_only_looks_like_a_check_needs_no_verdict():
    source = source_of("import torch\nfrom mine import check_input", "check_input(torch)")
    assert not has_checks(source)
    check_verdicts(source, source.notebook, Outcome.PASSED)
