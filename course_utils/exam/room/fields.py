"""An attempt as fields of text, to be kept one by one, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from course_utils.exam.model import Question
from course_utils.exam.room.attempt import Attempt, Blank, place


def save(attempt: Attempt) -> dict[str, str]:
    """Return the attempt as fields, of which an action changes one; `restore` reads them."""
    asked = [[question.id, question.seed] for question in attempt.questions]
    return {
        "attempt": json.dumps({"mode": attempt.mode, "begun": attempt.begun, "asked": asked}),
        "clock": json.dumps([attempt.deadline, attempt.paused]),
        "current": attempt.current,
        "submitted": json.dumps(attempt.submitted),
        **{f"flag/{id_}": "yes" for id_ in sorted(attempt.flags)},
        **{f"answer/{_key(attempt, blank)}": typed for blank, typed in attempt.typed.items()},
        **{f"tick/{_key(attempt, blank)}": typed for blank, typed in attempt.ticks.items()},
    }


def restore(
    fields: Mapping[str, str], find: Callable[[str, int | None], Question | None]
) -> Attempt:
    """Return the attempt that was saved as `fields`.

    An item that does not exist any more is left out. A question that was reworded since has another
    place in the fields, so that it starts empty; see `reworded`.

    Parameters
    ----------
    fields
        From `save`.
    find
        Returns the question of an id and seed, or None.

    Raises
    ------
    ValueError, KeyError, TypeError
        If `fields` is no attempt.
    """
    head = json.loads(fields["attempt"])
    found = (find(str(id_), seed) for id_, seed in head["asked"])
    questions = tuple(question for question in found if question is not None)
    if not questions or head["mode"] not in ("exam", "variant", "practice"):
        raise ValueError("no question of the attempt exists any more, or it is of no known sort")
    deadline, paused = json.loads(fields["clock"])
    submitted = json.loads(fields.get("submitted", "null"))
    ids = {place(question): question.id for question in questions}
    kept: dict[str, dict[Blank, str]] = {"answer": {}, "tick": {}}
    for key, value in fields.items():
        kind, _, rest = key.partition("/")
        if kind in kept and value:
            where, part, name = rest.split("/", 2)
            if where in ids:
                kept[kind][Blank(ids[where], int(part), name)] = value
    current = fields.get("current", "")
    return Attempt(
        mode=head["mode"],
        questions=questions,
        begun=float(head["begun"]),
        deadline=float(deadline),
        current=current if current in ids.values() else questions[0].id,
        paused=None if paused is None else float(paused),
        submitted=None if submitted is None else float(submitted),
        flags=frozenset(id_ for id_ in ids.values() if fields.get(f"flag/{id_}")),
        typed=kept["answer"],
        ticks=kept["tick"],
    )


def reworded(attempt: Attempt, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return the questions whose answers in `fields` belong to an earlier wording, or to none."""
    places = set(attempt.places.values())
    kept = {k.split("/")[1] for k, typed in fields.items() if typed and k.startswith("answer/")}
    return tuple(sorted({where.partition("@")[0] for where in kept - places}))


def _key(attempt: Attempt, blank: Blank) -> str:
    return f"{attempt.places[blank.question]}/{blank.part}/{blank.field}"
