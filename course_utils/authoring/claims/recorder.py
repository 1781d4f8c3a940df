"""What runs inside a lecture's kernel: it notes which assertions hold and how statements come out.

It is imported there by the cells that `instrument` adds.
"""

import json
from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

from course_utils.exam.statements import Statements
from course_utils.lessons.room import module, room_names


class Recorder:
    """Notes, for each assertion by its number, how it went and what it compared."""

    def __init__(self) -> None:
        self._assertions: dict[int, dict[str, Any]] = {}

    def held(self, number: int) -> None:
        """Note that an assertion held."""
        self._entry(number)["held"] += 1

    def failed(self, number: int, error: Exception) -> None:
        """Note that an assertion failed, or that `error` kept it from being tried."""
        reason = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
        self._entry(number)["failures"].append(reason)

    def compared(self, number: int, sides: Mapping[str, Callable[[], Any]]) -> None:
        """Note the numbers on both sides of an assertion's comparisons, by their source."""
        for source, side in sides.items():
            try:
                value = side()
            except Exception:  # the assertion itself will say so
                continue
            if isinstance(value, Real):
                self._entry(number)["sides"].setdefault(source, []).append(float(value))

    def report(self, room: str) -> None:
        """Print all that was noted, and the statements on the statements of `room`, as JSON."""
        print(json.dumps({"assertions": self._assertions, "statements": _statements(room)}))

    def _entry(self, number: int) -> dict[str, Any]:
        return self._assertions.setdefault(number, {"held": 0, "failures": [], "sides": {}})


def _statements(room: str) -> list[dict[str, Any]]:
    questions = module(room, "questions") if room in room_names() else None
    defined = [] if questions is None else vars(questions).values()
    items = [item for item in defined if isinstance(item, Statements)]
    statements = dict.fromkeys(one for item in items for one in item.pool.statements)
    found = []
    for one in statements:
        entry = {"text": one.text, "expected": one.expected}
        try:
            finding = one.finding()
            found.append(entry | {"holds": finding.holds, "evidence": finding.evidence})
        except Exception as error:
            found.append(entry | {"holds": None, "evidence": f"{type(error).__name__}: {error}"})
    return found
