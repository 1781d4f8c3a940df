"""Requirements: a property of one class or of several, and how one is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from course_utils.checks import NotRight
from course_utils.checks.guard import silenced
from course_utils.verify import strict
from course_utils.verify.crash import is_a_crash, their_place, what_was_raised
from course_utils.verify.parts import PARTS, TOGETHER
from course_utils.verify.report import Entry, Status

Check = TypeVar("Check", bound=Callable[..., str | None])
Values = Literal["", "start", "forward", "backward"]


@dataclass(frozen=True)
class Requirement:
    """A property that right classes have.

    Attributes
    ----------
    part
        The part it is about.
    check
        Takes the classes named in `needs`; raises `NotMet` if the property does not hold; returns
        the free choice that was made, if there is one to note. Its docstring's first line says
        what is required.
    needs
        Names of the classes that `check` takes.
    hint
        Shown when their code raises here.
    after
        Names of the part's requirements that this one builds on: where one of them is not met and
        this one has no cause of its own, it follows from there.
    values
        Whether it is about the values of a forward or of a backward pass, or about what the part
        starts with: what is made of this part has them too.
    """

    part: str
    check: Callable[..., str | None]
    needs: tuple[str, ...]
    hint: str = ""
    after: tuple[str, ...] = ()
    values: Values = ""

    @property
    def key(self) -> str:
        """Unique name, ``part.property``."""
        return f"{self.part}.{self.check.__name__}"

    @property
    def title(self) -> str:
        """What is required, in words."""
        return (self.check.__doc__ or self.check.__name__).strip().splitlines()[0].rstrip(".")

    @property
    def optional(self) -> bool:
        """Whether a part that it needs may be missing."""
        return any(PARTS[name].optional for name in self.needs)

    def entry(self, status: Status, **details: Any) -> Entry:
        """Return the entry that says what became of this requirement."""
        return Entry(self.part, self.title, self.key, status, self.optional, **details)


REQUIREMENTS: dict[str, Requirement] = {}
"""Every requirement by its key, in the order in which they are judged."""


def requirement(
    *parts: str,
    needs: tuple[str, ...] = (),
    hint: str = "",
    after: tuple[str, ...] = (),
    values: Values = "",
) -> Callable[[Check], Check]:
    """Make a property a requirement of each of `parts`, or of `needs` together."""

    def register(check: Check) -> Check:
        for part in parts or (TOGETHER,):
            made = Requirement(part, check, needs or (part,), hint, after, values)
            REQUIREMENTS[made.key] = made
        return check

    return register


def judge(made: Requirement, classes: Mapping[str, Any], folder: Path | None = None) -> Entry:
    """Return what becomes of a requirement for the given classes, whatever their code does.

    Parameters
    ----------
    made
        The requirement.
    classes
        Part name → class; holds at least those that the requirement needs.
    folder
        The student's folder, to tell their lines from those of others.
    """
    try:
        with silenced(), strict.watched() as watch:
            note = made.check(*(classes[name] for name in made.needs))
    except NotRight as fault:
        return _not_met(made, fault, watch, folder)
    except NotImplementedError as error:
        return made.entry(Status.NOT_STARTED, **what_was_raised(error, folder))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not their_place(error, folder):
            raise  # Ctrl-C still stops
        details = what_was_raised(error, folder)
        status = Status.CRASHED if is_a_crash(error, details) else Status.NOT_MET
        return made.entry(status, hint=made.hint, vague=True, **details)
    return made.entry(Status.FREE, note=note) if note else made.entry(Status.MET)


def _not_met(made: Requirement, fault: NotRight, watch: strict.Watch, folder: Path | None) -> Entry:
    place = their_place(fault, folder) if isinstance(fault, strict.ForeignError) else {}
    cause, hint = fault.cause, getattr(fault, "hint", "")
    if watch.asked_class and not isinstance(fault, strict.ForeignError):
        cause, hint = watch.asked_class, "ask for what the exercises name, such as `trainable`"
    return made.entry(
        Status.NOT_MET,
        quantity=getattr(fault, "quantity", ""),
        difference=fault.what,
        cause=cause,
        hint=hint,
        vague=getattr(fault, "vague", False),
        **place,
    )
