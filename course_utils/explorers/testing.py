"""What must hold for every explorer; a lecture's tests call these with its own."""

import time
from collections.abc import Iterator

import numpy as np

from course_utils.explorers.controls.hand import OnFigure
from course_utils.explorers.specification import Settings, Specification


def random_settings(specification: Specification, count: int, seed: int = 0) -> Iterator[Settings]:
    """Yield `count` settings as a reader makes them: one control moves at a time, anywhere."""
    rng = np.random.default_rng(seed)
    settings: Settings = specification.start
    for _ in range(count):
        control = specification.controls[int(rng.integers(len(specification.controls)))]
        settings = {
            **settings,
            control.name: control.samples[int(rng.integers(len(control.samples)))],
        }
        yield settings


def assert_faithful(specification: Specification, moves: int = 10, seed: int = 0) -> None:
    """Assert that redrawing only what moved gives, pixel for pixel, what drawing afresh gives.

    That also holds an author to it that the picture depends on the data alone, and not on what was
    shown before.
    """
    stage = specification.stage()
    stage.rehearse(*specification.snapshot_data)
    afresh: list[tuple[Settings, np.ndarray]] = []
    for settings in random_settings(specification, moves, seed):
        moved = stage.show(specification.data(settings))
        frame = next((frame for known, frame in afresh if known == settings), None)
        if frame is None:  # drawing afresh takes far longer than the move, and settings come again
            frame = specification.frame(**settings)
            afresh.append((settings, frame))
        different = (moved != frame).any(axis=2)
        assert not different.any(), (
            f"{specification.who}: {different.sum()} pixels are not as if drawn afresh"
            f" for {settings}"
        )


def assert_every_control_matters(specification: Specification) -> None:
    """Assert that each control changes the picture in at least one of the snapshots.

    One stage shows them all: `assert_faithful` asserts that this is as good as drawing afresh.
    """
    stage = specification.stage()
    for control in specification.controls:
        few = [control.samples[place] for place in (0, len(control.samples) // 2, -1)]
        for snapshot in specification.snapshots:
            settings = [{**snapshot, control.name: stop} for stop in few]
            pictures = [stage.show(specification.data(each)).copy() for each in settings]
            if any((picture != pictures[0]).any() for picture in pictures[1:]):
                break
        else:
            raise AssertionError(f"{specification.who}: {control.name!r} never changes the picture")


def assert_hands_stay(specification: Specification, moves: int = 10, seed: int = 0) -> None:
    """Assert that what lies on the figure lies within its axes, and stays there, come what may.

    Limits that follow the data would pull the figure away under the reader's hand.
    """
    if not any(isinstance(control, OnFigure) for control in specification.controls):
        return
    stage = specification.stage()
    places: dict[str, list[float]] = {}
    for settings in [*specification.snapshots, *random_settings(specification, moves, seed)]:
        stage.show(specification.data(settings))
        for name, control in specification.by_name.items():
            if isinstance(control, OnFigure):
                place = control.shown(settings[name], stage.figure)["place"]
                assert np.allclose(place, places.setdefault(name, place), atol=1e-6), (
                    f"{specification.who}: {name!r} does not stay where it is for {settings}"
                )


def assert_described(specification: Specification, moves: int = 20, seed: int = 0) -> None:
    """Assert that the description is a sentence without NaN, and follows the data."""
    said = set()
    for settings in [*specification.snapshots, *random_settings(specification, moves, seed)]:
        words = specification.describe(specification.data(settings))
        assert words.strip().endswith((".", "!", "?")), (
            f"{specification.who}: no sentence: {words!r}"
        )
        assert "nan" not in words.lower().split(), f"{specification.who}: {words!r} for {settings}"
        said.add(words)
    assert len(said) > 1, f"{specification.who}: the description is always {said.pop()!r}"


def assert_quick(
    specification: Specification, limit: float = 0.1, moves: int = 8, seed: int = 0
) -> None:
    """Assert that an explorer that is not declared slow computes within `limit` seconds.

    Each setting counts with the quicker of two runs, so that a busy machine does not matter.
    """
    if specification.slow:
        return
    for settings in [*specification.snapshots, *random_settings(specification, moves, seed)]:
        taken = min(_seconds(specification, settings) for _ in range(2))
        assert taken <= limit, (
            f"{specification.who}: computing {settings} takes {1e3 * taken:.0f} ms;"
            " make it quicker, or declare the explorer slow"
        )


def _seconds(specification: Specification, settings: Settings) -> float:
    start = time.perf_counter()
    specification.data(settings)
    return time.perf_counter() - start
