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
            parameters.insert(0, Parameter("yours", Parameter.POSITIONAL_ONLY, default=None))
        words = "\n".join([f"{self.title}. Settings to start at:", "", *lines])
        object.__setattr__(self, "__doc__", words)
        object.__setattr__(self, "__signature__", Signature(parameters))

    def __call__(self, yours: Callable[..., Any] | None = None, /, **settings: Any) -> Explorer:
        """Return the explorer at `settings`; what is left out stands at its first value.

        Raises
        ------
        TypeError
            If `yours` is given and the explorer takes no function.
        ValueError
            If there is no such control, or a value is out of its bounds.
        """
        if yours is None:
            return Explorer(self, settings)
        if self.yours is None:
            raise TypeError(
                f"{self.who} takes settings by name, as in {self.name}("
                f"{self.controls[0].name}={self.controls[0].code(self.controls[0].value)})."
            )
        return Explorer(replace(self, own=Own(yours, self.yours, self.use)), settings)
