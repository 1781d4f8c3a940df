"""Settings, one value for each control, and whether an explorer's parts fit together."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course_utils.explorers.controls import Control

Settings = dict[str, Any]


def complete(name: str, controls: Mapping[str, Control], parameters: Mapping[str, Any]) -> Settings:
    """Return the value of every control: the stop nearest to the one given, or its first value.

    Raises
    ------
    ValueError
        If there is no such control, or a value is out of its bounds; with the explorer's `name`.
    """
    for unknown in parameters.keys() - controls.keys():
        raise ValueError(
            f"Explorer {name!r} has no control {unknown!r}; it has {', '.join(controls)}."
        )
    return {
        key: control.nearest(parameters.get(key, control.value))
        for key, control in controls.items()
    }


def checked_snapshots(
    name: str,
    compute: Callable[..., Any],
    controls: Sequence[Control],
    snapshots: Sequence[Mapping[str, Any]],
) -> list[Settings]:
    """Return the completed snapshots, or raise what does not fit together.

    Raises
    ------
    TypeError
        If `compute` does not take the controls' names.
    ValueError
        If controls or snapshots are missing, doubled, or do not fit together.
    """
    who = f"Explorer {name!r}"
    by_name = {control.name: control for control in controls}
    if not controls:
        raise ValueError(f"{who} has no controls.")
    if len(by_name) < len(controls):
        raise ValueError(f"{who}: two controls have the same name.")
    try:
        inspect.signature(compute).bind(**dict.fromkeys(by_name))
    except TypeError as error:
        raise TypeError(
            f"{who}: `compute` must take the controls' names {', '.join(by_name)} ({error})."
        ) from None
    if not 2 <= len(snapshots) <= 6:
        raise ValueError(f"{who} has {len(snapshots)} snapshots; there must be two to six.")
    completed = []
    for number, snapshot in enumerate(snapshots, start=1):
        try:
            completed.append(complete(name, by_name, snapshot))
            for key, value in snapshot.items():
                by_name[key].exact(value)
        except ValueError as error:
            raise ValueError(f"{who}, snapshot {number}: {error}") from None
    return completed
