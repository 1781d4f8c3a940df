"""Overlap, suppression and average precision, against other ways to compute them."""

from fractions import Fraction

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from course_utils.lessons.seeing_objects.model import (
    at_recalls,
    average_precision,
    iou,
    ious,
    match,
    nms,
    precision_recall,
    regions,
)


def boxes_of(rng, count, spread=30):
    corners = rng.uniform(0, spread, (count, 2))
    return np.concatenate([corners, corners + rng.uniform(3, 15, (count, 2))], axis=1)


def test_iou_is_the_share_of_random_points_in_both_of_those_in_either():
    rng = np.random.default_rng(0)
    points = rng.uniform(0, 45, (200_000, 2))
    for a, b in zip(boxes_of(rng, 5, 10), boxes_of(rng, 5, 10), strict=True):
        inside = [((points > c[:2]) & (points < c[2:])).all(axis=1) for c in (a, b)]
        expected = np.sum(inside[0] & inside[1]) / np.sum(inside[0] | inside[1])
        assert iou(a, b) == pytest.approx(expected, abs=0.02)


def test_boxes_that_are_apart_on_one_axis_or_both_share_nothing():
    box = np.array([0.0, 0, 10, 10])
    for right, down in ((20, 0), (0, 20), (20, 20), (-20, -20), (10, 0)):
        assert iou(box, box + np.array([right, down, right, down])) == 0


def test_iou_is_1_with_itself_symmetric_and_the_same_at_any_scale():
    boxes = boxes_of(np.random.default_rng(1), 8)
    overlap = ious(boxes, boxes)
    assert np.allclose(np.diag(overlap), 1)
    assert np.allclose(overlap, overlap.T)
    assert np.allclose(overlap, ious(boxes / 48, boxes / 48))
    assert iou(np.array([0, 0, 10, 10]), np.array([1, 1, 11, 11])) == pytest.approx(81 / 119)


def test_nms_keeps_what_a_walk_over_all_boxes_keeps():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        boxes, scores = boxes_of(rng, 25), rng.permutation(25) / 25
        for threshold in (0.1, 0.4, 0.8):
            kept = []
            for i in sorted(range(25), key=lambda i: -scores[i]):
                if not any(iou(boxes[i], boxes[j]) > threshold for j in kept):
                    kept.append(i)
            assert nms(boxes, scores, threshold).tolist() == kept


def test_nms_of_nothing_is_nothing():
    assert nms(np.zeros((0, 4)), np.zeros(0), 0.5).tolist() == []


def test_pixels_that_touch_at_a_corner_are_two_regions_and_small_ones_none():
    mask = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]], dtype=bool)
    numbered, count = regions(mask, 2)
    assert count == 2
    assert set(numbered[mask]) == {1, 2}
    numbered, count = regions(mask, 3)
    assert count == 1
    assert np.array_equal(numbered > 0, mask & (np.arange(4)[:, None] < 2))


def test_each_truth_is_found_once_by_the_best_box_that_fits():
    truth = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10]])
    boxes = np.array([[0, 0, 10, 9], [0, 0, 10, 10], [20, 0, 30, 4], [21, 0, 30, 10]])
    assert match(boxes, truth).tolist() == [True, False, False, True]
    assert match(boxes, truth, 0.95).tolist() == [False, True, False, False]
    assert match(boxes, np.zeros((0, 4))).tolist() == [False] * 4
    assert match(np.zeros((0, 4)), truth).tolist() == []


def exactly(right, total, recalls=None):
    """Return AP in fractions, by asking for each recall which precision is the best from there."""
    points = [
        (Fraction(sum(right[: k + 1]), total), Fraction(sum(right[: k + 1]), k + 1))
        for k in range(len(right))
    ]

    def best(recall):
        return max((p for r, p in points if r >= recall), default=Fraction(0))

    wanted = [Fraction(n, total) for n in range(1, total + 1)] if recalls is None else recalls
    return float(sum(map(best, wanted)) / len(wanted))


def detections(seed):
    rng = np.random.default_rng(seed)
    right = rng.random(rng.integers(1, 15)) < 0.6
    scores = rng.permutation(len(right)) / 20
    total = int(right.sum()) + int(rng.integers(0, 5)) or 1
    return right, scores, total, [bool(right[i]) for i in np.argsort(-scores)]


def test_average_precision_is_the_mean_over_truths_of_the_best_precision_from_there_on():
    for seed in range(200):
        right, scores, total, ordered = detections(seed)
        assert average_precision(right, scores, total) == pytest.approx(exactly(ordered, total))


@pytest.mark.parametrize("points", [11, 101])
def test_the_mean_over_fixed_recalls_agrees_with_fractions(points):
    recalls = [Fraction(n, points - 1) for n in range(points)]
    for seed in range(100):
        right, scores, total, ordered = detections(seed)
        assert at_recalls(right, scores, total, np.linspace(0, 1, points)) == pytest.approx(
            exactly(ordered, total, recalls)
        )


def test_scikit_learn_takes_steps_without_envelope_and_knows_no_missed_truth():
    for seed in range(50):
        right, scores, total, _ = detections(seed)
        if right.any():
            recall, precision, envelope = precision_recall(right, scores, total)
            steps = np.sum(np.diff(recall, prepend=0) * precision)
            theirs = average_precision_score(right, scores)
            assert steps == pytest.approx(theirs * right.sum() / total)
            assert np.all(envelope >= precision)


def test_wrong_boxes_at_the_end_cost_nothing_and_at_the_beginning_something():
    right, scores = np.array([True, True]), np.array([0.9, 0.8])
    assert average_precision(right, scores, 2) == 1
    more = np.append(right, [False] * 5)
    assert average_precision(more, np.append(scores, np.full(5, 0.1)), 2) == 1
    assert average_precision(more, np.append(scores, np.full(5, 1.0)), 2) < 0.5


def test_recall_never_exceeds_1_since_a_second_box_on_a_person_is_wrong():
    truth = boxes_of(np.random.default_rng(5), 4, 90)
    twice = np.concatenate([truth, truth])
    right = match(twice, truth)
    assert precision_recall(right, np.arange(8.0)[::-1], 4).recall[-1] == 1
    assert right.sum() == 4
