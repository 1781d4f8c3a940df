"""How the framework's objects describe themselves: for error messages and for saved networks.

Every class lists the arguments of its constructor in ``arguments`` and keeps each under its own
name. From that come ``repr``, the description stored with a saved network, and `rebuild`.
"""

from typing import Any, ClassVar


class Configurable:
    """An object that can be described by its class and its constructor's arguments."""

    arguments: ClassVar[tuple[str, ...]] = ()
    _classes: ClassVar[dict[str, type["Configurable"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Only the framework's own classes may be rebuilt from a file, never a stranger's.
        if cls.__module__.startswith(__package__ + "."):
            Configurable._classes[cls.__name__] = cls

    def __repr__(self) -> str:
        given = (f"{name}={getattr(self, name, '?')!r}" for name in self.arguments)
        return f"{type(self).__name__}({', '.join(given)})"


def describe(value: Any) -> Any:
    """Return a JSON-ready description of an object, a list of objects, or a plain value."""
    if isinstance(value, list | tuple):
        return [describe(element) for element in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    arguments = getattr(value, "arguments", ())
    return {
        "class": type(value).__name__,
        **{name: describe(getattr(value, name)) for name in arguments},
    }


def rebuild(description: Any) -> Any:
    """Make the object that `describe` described.

    Raises
    ------
    ValueError
        If it is of a class that is not part of this package.
    """
    if isinstance(description, list):
        return [rebuild(element) for element in description]
    if not isinstance(description, dict):
        return description
    name = description["class"]
    if name not in Configurable._classes:
        raise ValueError(
            f"{name} is not part of course_utils.nn, so it cannot be made from a file: "
            "build the network in code and call its load method."
        )
    arguments = {key: rebuild(value) for key, value in description.items() if key != "class"}
    return Configurable._classes[name](**arguments)
