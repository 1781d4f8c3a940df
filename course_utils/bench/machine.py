"""On what a measurement was made, and whether anything else ran beside it."""

import os
import platform
from typing import Any

_IDLE = 0.25
"""Processes that want a processor, for each that there is: up to here a machine is called idle."""


def machine() -> dict[str, Any]:
    """Return the machine in words, and the load it has before a measurement begins.

    The load is the mean of the last minute, as the system tells it; None where it does not.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "system": platform.system(),
        "python": platform.python_version(),
        "processors": os.cpu_count() or 1,
        "load": load,
        "idle": None if load is None else load <= _IDLE * (os.cpu_count() or 1),
    }


def said(on: dict[str, Any]) -> str:
    """Return a sentence about a machine."""
    known = {
        None: "whether it is idle is not known here",
        True: f"idle (load {on['load'] or 0:.1f})",
        False: f"NOT idle (load {on['load'] or 0:.1f}): the times are too long",
    }
    kind = f"{on['processors']} processors, {on['system']}, Python {on['python']}"
    return f"{kind}; {known[on['idle']]}."
