"""The course's style for the time of a frame, without what Matplotlib takes to set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl

from course_utils.style import Theme, styled


@cache
def _settings(theme: Theme) -> dict[str, Any]:
    with styled(theme):
        return {key: mpl.rcParams[key] for key in mpl.rcParams if not key.startswith("backend")}


@contextmanager
def quick_style(theme: Theme) -> Iterator[None]:
    """As ``styled(theme)``, but quick, and without effect where the style is already in use.

    Sliders call back in a thread of their own while cells run, so the settings, which are global,
    are touched as little as possible.
    """
    wanted = _settings(theme)
    # Both are settings already: the checks on the way in and out of `rcParams` cost a millisecond.
    present = {key: dict.__getitem__(mpl.rcParams, key) for key in wanted}
    former = {key: value for key, value in present.items() if value != wanted[key]}
    if not former:
        yield
        return
    dict.update(mpl.rcParams, {key: wanted[key] for key in former})
    try:
        yield
    finally:
        dict.update(mpl.rcParams, former)
