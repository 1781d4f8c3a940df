"""What statements are decided by, where a number could mean something else."""

import pytest

from course_utils.lessons.seeing_objects import sets
from course_utils.lessons.seeing_objects.measurements import overlaps, twice


def iou_by_hand(a, b, more):
    wide, high = (max(0, min(a[i + 2], b[i + 2]) - max(a[i], b[i]) + more) for i in (0, 1))
    areas = [(c[2] - c[0] + more) * (c[3] - c[1] + more) for c in (a, b)]
    return wide * high / (sum(areas) - wide * high)


def test_the_two_conventions_of_width_are_compared_with_each_other_and_when_enlarged():
    boxes = sets.huddled(8).rooms[0].boxes
    pairs = [(a, b) for a in boxes for b in boxes]
    measured = overlaps()
    assert measured.conventions == pytest.approx(
        max(abs(iou_by_hand(a, b, 0) - iou_by_hand(a, b, 1)) for a, b in pairs)
    )
    assert measured.plus_one == pytest.approx(
        max(abs(iou_by_hand(a, b, 1) - iou_by_hand(10 * a, 10 * b, 1)) for a, b in pairs)
    )


def test_second_boxes_leave_recall_and_halve_precision_when_each_person_is_matched_once():
    assert twice() == (1, 2, 0.5)
