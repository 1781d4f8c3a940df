"""What the explorers of lecture 01 show is what they say."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_utils.lessons.normalization.explorers import column, descent, statistics
from course_utils.lessons.normalization.explorers.statistics import _SIZES, _order


def texts(explorable, **settings):
    """Return everything that is written into the figure at `settings`."""
    figure = plt.figure(figsize=explorable.size)
    explorable.draw(figure)(explorable.data(explorable.complete(settings)))
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    plt.close(figure)
    return found


@pytest.mark.parametrize("scale", [0.01, 1, 100, 1000])
@pytest.mark.parametrize("method", ["none", "min-max", "zero mean, variance 1"])
@pytest.mark.parametrize("rate", [0.05, 0.9, 1.1])
def test_the_valley_can_be_seen_at_every_setting(scale, method, rate):
    data = descent.data({"scale": scale, "method": method, "rate": rate})
    assert data.narrow == pytest.approx(data.condition_number**-0.5)
    assert 0.59 < data.narrow * data.magnified <= 1
    start = data.path[0]
    assert start[0] < 0 < start[1]
    assert start[0] ** 2 + (start[1] / data.narrow) ** 2 == pytest.approx(1)  # on the outer line
    if rate > 1:
        assert data.steps is None
        assert data.excess[-1] > 1e6
    else:
        assert np.interp(data.steps, np.geomspace(1, 1e9, 181), data.excess) < 0.02


@pytest.mark.parametrize("share", [0, 33, 100])
def test_no_wine_occurs_twice_in_a_batch_and_the_count_is_of_what_is_shown(share):
    order = _order(share)
    assert order.shape == (200, _SIZES[-1])
    assert all(len(set(batch)) == len(batch) for batch in order)
    data = statistics.data({"size": 40, "share": share})
    assert len(data.cultivar) == len(data.right) == 40
    assert np.mean(data.cultivar == 0) == pytest.approx(share / 100, abs=0.2)
    assert f"{data.changed.sum()} of 40" in statistics.describe(data)


def test_a_batch_of_one_is_called_so():
    (size, _) = statistics.controls
    assert (size.say(1), size.say(2)) == ("1 sample", "2 samples")


@pytest.mark.parametrize(
    ("yours", "reason"),
    [
        (lambda x: ..., "not written yet."),
        (lambda x: x.T, "your function's result has shape (1, 5), expected (5, 1)."),
        (lambda x: x, ""),
    ],
)
def test_why_the_students_row_is_empty_stands_in_it(yours, reason):
    explorer = column(yours)
    assert texts(explorer.specification)[-1] == reason
    assert explorer.note.removeprefix("Yours: ") == reason


def test_spread_and_distance_stand_in_every_row():
    data = column.data({"outlier": 1000, "copies": 1})
    said = texts(column, outlier=1000, copies=1)
    assert "60, 928" in said
    ratios = [np.ptp(z[:-1]) / abs(z[-1] - z[:-1].mean()) for z in (data.x, *data.z.values())]
    assert np.allclose(ratios, 60 / 928)
    assert sum("," in text for text in said) == len(data.z) + 1
