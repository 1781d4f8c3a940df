"""What pytest runs with while `course try` listens: each result is told at once, as a line of JSON.

First how many cases each test has, so that the listener knows when one is done; then every case's
outcome. Loaded as a plugin; what pytest itself prints stands between these lines.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from course_utils.authoring.rehearsal import MARK

_failed: dict[str, str] = {}  # case -> why
_skipped: set[str] = set()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tell how many cases there are, if they run in this process."""
    _tell_counts(item.nodeid for item in session.items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: Iterable[str]) -> None:
    """Tell how many cases there are, if they run in others: each of those collects them all."""
    _tell_counts(ids)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Tell which file could not be read."""
    if report.failed:
        _tell(test=report.nodeid, case="", reason=_reason(str(report.longrepr)), skipped=False)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tell how a case came out, once it is torn down; "???" is that of a process that died."""
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        said = crash.message if crash else _reason(str(report.longrepr))
        _failed.setdefault(report.nodeid, said.strip())
    if report.skipped:
        _skipped.add(report.nodeid)
    if report.when in ("teardown", "???"):
        test, case = _names(report.nodeid)
        reason, skipped = _failed.get(report.nodeid, ""), report.nodeid in _skipped
        _tell(test=test, case=case, reason=reason, skipped=skipped)


def _tell_counts(ids: Iterable[str]) -> None:
    _tell(counts=Counter(_names(nodeid)[0] for nodeid in ids))


def _tell(**fields: Any) -> None:
    print(MARK + json.dumps(fields), file=sys.__stdout__, flush=True)


def _names(nodeid: str) -> tuple[str, str]:
    """Return a test's file and function, and the case that it is tried on."""
    test, _, case = nodeid.partition("[")
    return test, case.removesuffix("]").encode("latin-1", "backslashreplace").decode(
        "unicode_escape"
    )


def _reason(text: str) -> str:
    """Return what was raised, from pytest's picture of a traceback."""
    raised = re.findall(r"^E +(.*)$", text, re.MULTILINE)
    return raised[-1] if raised else text.strip().rpartition("\n")[2]
