"""What must hold for every explorer; a lecture's tests call these with its own."""

import time
from collections.abc import Iterator

import numpy as np

from course_utils.explorers.controls.hand import OnFigure
from course_utils.explorers.explorer import Explorer
from course_utils.explorers.settings import Settings
from course_utils.explorers.stage import Stage


def random_settings(explorer: Explorer, count: int, seed: int = 0) -> Iterator[Settings]:
    """Yield `count` settings as a reader makes them: one control moves at a time, anywhere."""
    rng = np.random.default_rng(seed)
    settings = explorer.complete({})
    for _ in range(count):
        control = list(explorer.controls.values())[rng.integers(len(explorer.controls))]
        settings = settings | {control.name: control.samples[rng.integers(len(control.samples))]}
        yield settings


def assert_faithful(explorer: Explorer, moves: int = 10, seed: int = 0) -> None:
    """Assert that redrawing only what moved gives, pixel for pixel, what drawing afresh gives.

    That also holds an author to it that the picture depends on the data alone, and not on what was
    shown before.
    """
    stage = Stage(explorer.draw, explorer.size)
    stage.rehearse(*explorer.snapshot_data())
    for settings in random_settings(explorer, moves, seed):
        moved = stage.show(explorer.compute(**settings))
        different = (moved != explorer.frame(**settings)).any(axis=2)
        assert not different.any(), (
            f"{explorer.name}: {different.sum()} pixels are not as if drawn afresh for {settings}"
        )


def assert_every_control_matters(explorer: Explorer) -> None:
    """Assert that each control changes the picture in at least one of the snapshots."""
    for control in explorer.controls.values():
        few = [control.samples[place] for place in (0, len(control.samples) // 2, -1)]
        for snapshot in explorer.snapshots:
            pictures = [explorer.frame(**snapshot | {control.name: stop}) for stop in few]
            if any((picture != pictures[0]).any() for picture in pictures[1:]):
                break
        else:
            raise AssertionError(f"{explorer.name}: {control.name!r} never changes the picture")


def assert_hands_stay(explorer: Explorer, moves: int = 10, seed: int = 0) -> None:
    """Assert that what lies on the figure lies within its axes, and stays there, come what may.

    Limits that follow the data would pull the figure away under the reader's hand.
    """
    stage = Stage(explorer.draw, explorer.size)
    places: dict[str, list[float]] = {}
    for settings in [*explorer.snapshots, *random_settings(explorer, moves, seed)]:
        stage.show(explorer.compute(**settings))
        for name, control in explorer.controls.items():
            if isinstance(control, OnFigure):
                place = control.shown(settings[name], stage.figure)["place"]
                assert np.allclose(place, places.setdefault(name, place), atol=1e-6), (
                    f"{explorer.name}: {name!r} does not stay where it is for {settings}"
                )


def assert_described(explorer: Explorer, moves: int = 20, seed: int = 0) -> None:
    """Assert that the description is a sentence without NaN, and follows the data."""
    said = set()
    for settings in [*explorer.snapshots, *random_settings(explorer, moves, seed)]:
        words = explorer.describe(explorer.compute(**settings))
        assert words.strip().endswith((".", "!", "?")), f"{explorer.name}: no sentence: {words!r}"
        assert "nan" not in words.lower().split(), f"{explorer.name}: {words!r} for {settings}"
        said.add(words)
    assert len(said) > 1, f"{explorer.name}: the description is always {said.pop()!r}"


def assert_quick(explorer: Explorer, limit: float = 0.1, moves: int = 8, seed: int = 0) -> None:
    """Assert that an explorer that is not declared slow computes within `limit` seconds.

    Each setting counts with the quicker of two runs, so that a busy machine does not matter.
    """
    if explorer.slow:
        return
    for settings in [*explorer.snapshots, *random_settings(explorer, moves, seed)]:
        taken = min(_seconds(explorer, settings) for _ in range(2))
        assert taken <= limit, (
            f"{explorer.name}: computing {settings} takes {1e3 * taken:.0f} ms;"
            " make it quicker, or declare the explorer slow"
        )


def _seconds(explorer: Explorer, settings: Settings) -> float:
    start = time.perf_counter()
    explorer.compute(**settings)
    return time.perf_counter() - start
