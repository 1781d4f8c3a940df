"""An attempt as fields of text, to be kept one by one, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from course_utils.exam.model import Question
from course_utils.exam.room.attempt import Attempt, Blank, place


def save(attempt: Attempt) -> dict[str, str]:
    """Return the attempt as fields, of which an action changes one; `restore` reads them."""
    asked = [[question.id, question.seed] for question in attempt.questions]
    typed = {_key(attempt, blank): typed for blank, typed in attempt.typed.items()}
    # Another window may go on typing after that; what was handed in is kept apart from it.
    handed_in = None if attempt.submitted is None else {"at": attempt.submitted, "answers": typed}
    return {
        "attempt": json.dumps({"mode": attempt.mode, "begun": attempt.begun, "asked": asked}),
        "clock": json.dumps([attempt.deadline, attempt.paused]),
        "current": attempt.current,
        "submitted": json.dumps(handed_in),
        **{f"flag/{id_}": "yes" for id_ in sorted(attempt.flags)},
        **{f"answer/{key}": text for key, text in typed.items()},
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
    submitted, answers = _handed_in(fields)
    ids = {place(question): question.id for question in questions}

    def kept(texts: Mapping[str, str]) -> dict[Blank, str]:
        found = {}
        for key, text in texts.items():
            where, part, name = key.split("/", 2)
            if where in ids and text:
                found[Blank(ids[where], int(part), name)] = text
        return found

    current = fields.get("current", "")
    return Attempt(
        mode=head["mode"],
        questions=questions,
        begun=float(head["begun"]),
        deadline=float(deadline),
        current=current if current in ids.values() else questions[0].id,
        paused=None if paused is None else float(paused),
        submitted=submitted,
        flags=frozenset(id_ for id_ in ids.values() if fields.get(f"flag/{id_}")),
        typed=kept(_under("answer/", fields) if answers is None else answers),
        ticks=kept(_under("tick/", fields)),
    )


def _handed_in(fields: Mapping[str, str]) -> tuple[float | None, Mapping[str, str] | None]:
    """Return when an attempt was handed in, and with which answers; older files have no copy."""
    told = json.loads(fields.get("submitted", "null"))
    if isinstance(told, dict):
        answers = dict(told["answers"])
        if not all(isinstance(text, str) for text in answers.values()):
            raise TypeError("an answer that was handed in is no text")
        return float(told["at"]), answers
    return (None if told is None else float(told)), None


def _under(head: str, fields: Mapping[str, str]) -> dict[str, str]:
    return {key.removeprefix(head): text for key, text in fields.items() if key.startswith(head)}


def reworded(attempt: Attempt, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return the questions whose answers in `fields` belong to an earlier wording, or to none."""
    places = set(attempt.places.values())
    kept = {k.split("/")[1] for k, typed in fields.items() if typed and k.startswith("answer/")}
    return tuple(sorted({where.partition("@")[0] for where in kept - places}))


def _key(attempt: Attempt, blank: Blank) -> str:
    return f"{attempt.places[blank.question]}/{blank.part}/{blank.field}"
