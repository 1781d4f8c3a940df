"""Erase and repair, and the plane of codes."""

import numpy as np

from course_utils.lessons.autoencoders import codes, digits
from course_utils.lessons.autoencoders.explorers import erase_and_repair, two_numbers
from course_utils.lessons.autoencoders.explorers.erase_and_repair import HOLE
from course_utils.seeds import seeds


def test_repairs_change_the_hole_only_and_the_errors_are_those_inside() -> None:
    shown = erase_and_repair.data({**erase_and_repair.start, "digit": 7})
    for painted, way in ((shown.network, "network"), (shown.averaged, "5 nearest")):
        assert np.array_equal(painted[~shown.erased], shown.clean[~shown.erased])
        error = (painted - shown.clean)[shown.erased]
        assert shown.errors[way] == np.mean(error**2)
    assert np.allclose(
        shown.averaged[shown.erased], shown.neighbours[:5].mean(axis=0)[shown.erased]
    )


def test_with_nothing_erased_nothing_is_measured() -> None:
    nothing = {**erase_and_repair.start, "hole": HOLE.exact(np.zeros((8, 8)))}
    shown = erase_and_repair.data(nothing)
    assert shown.errors == {}
    assert np.array_equal(shown.network, shown.clean)
    assert erase_and_repair.describe(shown).startswith("Nothing is erased")
    assert "erased" in erase_and_repair.numbers(shown)


def test_the_network_does_not_know_what_the_hole_hides() -> None:
    start = erase_and_repair.start
    everything = {**start, "hole": HOLE.presets["everything"]}
    painted = [erase_and_repair.data({**everything, "digit": d}).network for d in (0, 1)]
    assert np.array_equal(*painted)


def test_a_place_decodes_to_what_the_autoencoder_draws_there() -> None:
    seed = seeds(1)[0]
    shown = two_numbers.data({**two_numbers.start, "code": (0.5, -0.5)})
    known = digits.load(seed)
    found = codes.deep(seed).encode(known.x_train)
    low, high = found.min(axis=0), found.max(axis=0)
    there = low + (high - low) * (0.75, 0.25)  # the axes reach from the lowest to the highest code
    assert np.allclose(shown.picture, codes.deep(seed).decode(there[None])[0])
    apart = np.linalg.norm((found - there) / (high - low) * 2, axis=1)
    assert shown.label == known.y_train[apart.argmin()]
    assert np.isclose(shown.away, apart.min())
