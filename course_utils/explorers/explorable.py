"""What a lecture calls: a specification that shows itself at the settings it is given."""

from collections.abc import Callable
from dataclasses import replace
from inspect import Parameter, Signature
from typing import Any

from course_utils.explorers.explorer import Explorer
from course_utils.explorers.specification import Specification
from course_utils.explorers.yours import Own


class Explorable(Specification):
    """An explorer of a lecture, as its author writes it and a cell calls it.

    ``explorers.descent()`` shows it as it starts, ``explorers.descent(scale=100)`` with that
    control at 100. JupyterLab's help and completion know the controls.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        lines = [f"    {c.name}: {c.label}, {c.range_in_words}" for c in self.controls]
        parameters = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=value)
            for name, value in self.start.items()
        ]
        if self.yours is not None:
            lines.insert(0, "    yours: a function of your own, shown beside ours")
            parameters.insert(0, Parameter("yours", Parameter.POSITIONAL_OR_KEYWORD, default=None))
        words = "\n".join([f"{self.title}. Settings to start at:", "", *lines])
        object.__setattr__(self, "__doc__", words)
        object.__setattr__(self, "__signature__", Signature(parameters))

    def __call__(
        self, yours: Callable[..., Any] | None = None, *more: Any, **settings: Any
    ) -> Explorer:
        """Return the explorer at `settings`; what is left out stands at its first value.

        Raises
        ------
        TypeError
            If `yours` is given and the explorer takes no function, or more without a name.
        ValueError
            If there is no such control, or a value is out of its bounds.
        """
        if more or (yours is not None and self.yours is None):
            first = self.controls[0]
            function = "" if self.yours is None else "one function of yours and "
            raise TypeError(
                f"{self.who} takes {function}settings by name, as in {self.name}("
                f"{first.name}={first.code(first.value)})."
            )
        if yours is None or self.yours is None:
            return Explorer(self, settings)
        return Explorer(replace(self, own=Own(yours, self.yours, self.use)), settings)
