"""What pytest runs with while `course try` listens: each result is told at once, as a line of JSON.

First how many cases each test has, so that the listener knows when one is done; then every case's
outcome. Loaded as a plugin; what pytest itself prints stands between these lines.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import Any

import pytest

from course_utils.authoring.rehearsal import MARK

_failed: dict[str, str] = {}  # case -> why
_skipped: set[str] = set()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tell how many cases each test has."""
    _tell(counts=Counter(_names(item.nodeid)[0] for item in session.items))


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Tell which file could not be read."""
    if report.failed:
        _tell(test=report.nodeid, case="", reason=_reason(str(report.longrepr)), skipped=False)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tell how a case came out, once it is torn down."""
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        said = _reason(str(report.longrepr), crash.message if crash else "")
        _failed.setdefault(report.nodeid, said)
    if report.skipped:
        _skipped.add(report.nodeid)
    if report.when == "teardown":
        test, case = _names(report.nodeid)
        reason, skipped = _failed.get(report.nodeid, ""), report.nodeid in _skipped
        _tell(test=test, case=case, reason=reason, skipped=skipped)


def _tell(**fields: Any) -> None:
    print(MARK + json.dumps(fields), file=sys.__stdout__, flush=True)


def _names(nodeid: str) -> tuple[str, str]:
    """Return a test's file and function, and the case that it is tried on."""
    test, _, case = nodeid.partition("[")
    return test, case.removesuffix("]").encode("latin-1", "backslashreplace").decode(
        "unicode_escape"
    )


def _reason(text: str, said: str = "") -> str:
    """Return what was raised, and where in the lecture's room, from pytest's picture of it.

    An assertion is the test's own: its words say all, and how it was computed is left out, unless
    it has no words. Any other error may have been raised by an engine, and what led there is the
    line of the room that called it.
    """
    said = said or (re.findall(r"^E +(.*)$", text, re.MULTILINE) or text.splitlines() or [""])[-1]
    if said.startswith("AssertionError: "):
        words = said.removeprefix("AssertionError: ")
        return words if words.startswith("assert ") else words.partition("\nassert ")[0]
    places = re.findall(r"^(\S*course_utils/lessons/\S+\.py:\d+): ", text, re.MULTILINE)
    return said if said.startswith("assert ") or not places else f"{places[-1]}: {said}"
