"""Something that is on or off."""

from dataclasses import dataclass, field
from typing import Any

import ipywidgets
import numpy as np

from course_utils.explorers.controls.base import Control


@dataclass(frozen=True)
class Switch(Control):
    """Something that is on or off.

    Parameters
    ----------
    name
        The parameter of ``compute`` that it sets, to True or False.
    value
        Whether it starts switched on.
    label, help
        As for a slider.
    """

    value: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.exact(self.value)

    def exact(self, value: Any) -> bool:
        """Return `value` as a bool; raise ``ValueError`` if it is none."""
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"Switch {self.name!r} is True or False, not {value!r}.")
        return bool(value)

    nearest = exact

    @property
    def samples(self) -> tuple[bool, bool]:
        """Both positions."""
        return (False, True)

    def say(self, value: Any) -> str:
        """Return 'on' or 'off'."""
        return "on" if value else "off"

    @property
    def range_in_words(self) -> str:
        """Both positions."""
        return "off | on"

    def widget(self) -> ipywidgets.Widget:
        """Return a new widget whose ``value`` is True or False."""
        return ipywidgets.Checkbox(value=self.value, description=self.label, tooltip=self.help)
