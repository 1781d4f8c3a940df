"""Right answers in other styles, and wrong ones that no fault expresses."""

import numpy as np
from scipy import ndimage
from sklearn.metrics import average_precision_score

from course_utils.lessons.seeing_objects.model import ious


def by_label(mask, smallest):
    numbered, count = ndimage.label(mask)
    return sum(np.sum(numbered == n) >= smallest for n in range(1, count + 1))


def by_spreading(mask, smallest):
    """Let each pixel take the largest number beside it until nothing changes."""
    numbers = np.where(mask, np.arange(1, mask.size + 1).reshape(mask.shape), 0)
    while True:
        padded = np.pad(numbers, 1)
        beside = [padded[2:, 1:-1], padded[:-2, 1:-1], padded[1:-1, 2:], padded[1:-1, :-2], numbers]
        spread = np.where(mask, np.max(beside, axis=0), 0)
        if np.array_equal(spread, numbers):
            break
        numbers = spread
    _, sizes = np.unique(numbers[numbers > 0], return_counts=True)
    return int((sizes >= smallest).sum())


def numbers_without_merging(mask, smallest):
    """Number each pixel like the one above it or to its left; parts that meet stay two."""
    numbers, sizes = {}, []
    for row in range(mask.shape[0]):
        for column in range(mask.shape[1]):
            if not mask[row, column]:
                continue
            number = numbers.get((row - 1, column), numbers.get((row, column - 1), len(sizes)))
            if number == len(sizes):
                sizes.append(0)
            numbers[row, column] = number
            sizes[number] += 1
    return sum(size >= smallest for size in sizes)


def joins_each_number_once(mask, smallest):
    """Number pixels from above and from the left, and look up once what meets what."""
    numbers, same = np.zeros(mask.shape, dtype=int), {}
    for row in range(mask.shape[0]):
        for column in range(mask.shape[1]):
            if not mask[row, column]:
                continue
            above = numbers[row - 1, column] if row else 0
            left = numbers[row, column - 1] if column else 0
            if above and left:
                numbers[row, column] = min(above, left)
                if above != left:
                    same[max(above, left)] = min(above, left)
            elif above or left:
                numbers[row, column] = above or left
            else:
                numbers[row, column] = numbers.max() + 1
    for number, smaller in same.items():
        numbers[numbers == number] = -smaller
    numbers = np.abs(numbers)
    return sum(np.sum(numbers == n) >= smallest for n in range(1, numbers.max() + 1))


def erases_the_mask(mask, smallest):
    count = by_label(mask, smallest)
    mask[:] = False
    return count


def with_arrays(a, b):
    sides = np.clip(np.minimum(a, b)[2:] - np.maximum(a, b)[:2], 0, None)
    shared = np.prod(sides)
    return shared / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - shared)


def by_cases(a, b):
    if a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]:
        return 0.0
    width = sorted([a[0], a[2], b[0], b[2]])[2] - sorted([a[0], a[2], b[0], b[2]])[1]
    height = sorted([a[1], a[3], b[1], b[3]])[2] - sorted([a[1], a[3], b[1], b[3]])[1]
    both = sum((c[2] - c[0]) * (c[3] - c[1]) for c in (a, b))
    return width * height / (both - width * height)


def drop_and_repeat(boxes, scores, threshold):
    left, kept = list(np.argsort(scores)[::-1]), []
    while left:
        best = left.pop(0)
        kept.append(best)
        left = [i for i in left if with_arrays(boxes[best], boxes[i]) <= threshold]
    return np.array(kept)


def by_flags(boxes, scores, threshold):
    alive, kept = np.ones(len(boxes), dtype=bool), []
    while alive.any():
        best = int(np.argmax(np.where(alive, scores, -np.inf)))
        kept.append(best)
        alive &= np.array([with_arrays(boxes[best], box) <= threshold for box in boxes])
        alive[best] = False
    return kept


def empties_the_scores(boxes, scores, threshold):
    kept = []
    while scores.max() > -1:
        best = int(scores.argmax())
        kept.append(best)
        for i in range(len(boxes)):
            if with_arrays(boxes[best], boxes[i]) > threshold:
                scores[i] = -1
        scores[best] = -1
    return kept


def person_by_person(right, scores, total):
    ordered = [bool(r) for _, r in sorted(zip(-scores, right, strict=True))]
    precisions = [sum(ordered[: n + 1]) / (n + 1) for n in range(len(ordered))]
    return sum(max(precisions[n:]) for n, r in enumerate(ordered) if r) / total


def with_loops(right, scores, total):
    order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
    points, found = [], 0
    for n, i in enumerate(order, start=1):
        found += int(right[i])
        points.append((found / total, found / n))
    area, last = 0.0, 0.0
    for n, (recall, _) in enumerate(points):
        area += (recall - last) * max(p for _, p in points[n:])
        last = recall
    return area


def _over_union(shared, a, b):
    return shared / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - shared)


def cuts_off_the_width_alone(a, b):
    wide, high = np.minimum(a, b)[2:] - np.maximum(a, b)[:2]
    return _over_union(max(wide, 0) * high, a, b)


def asks_for_both_axes(a, b):
    wide, high = np.minimum(a, b)[2:] - np.maximum(a, b)[:2]
    return 0.0 if wide <= 0 and high <= 0 else _over_union(wide * high, a, b)


def cuts_off_at_the_end(a, b):
    return max(0, _over_union(np.prod(np.minimum(a, b)[2:] - np.maximum(a, b)[:2]), a, b))


def takes_the_sides_in_pairs(a, b):
    wide, high = (max(0, min(a[i + 1], b[i + 1]) - max(a[i], b[i])) for i in (0, 2))
    areas = [(c[1] - c[0]) * (c[3] - c[2]) for c in (a, b)]
    return wide * high / (sum(areas) - wide * high)


def looks_to_the_right_and_below(a, b):
    if b[0] > a[2] or b[1] > a[3]:
        return 0
    return _over_union(np.prod(np.minimum(a, b)[2:] - np.maximum(a, b)[:2]), a, b)


def looks_to_the_left_and_above(a, b):
    return looks_to_the_right_and_below(b, a)


def _apart_only_if(*sides):
    def compare(a, b):
        lies = {
            "left": b[2] <= a[0],
            "right": a[2] <= b[0],
            "above": b[3] <= a[1],
            "below": a[3] <= b[1],
        }
        if any(lies[side] for side in sides):
            return 0
        return _over_union(np.prod(np.minimum(a, b)[2:] - np.maximum(a, b)[:2]), a, b)

    return compare


def takes_the_left_box_for_the_upper_one(a, b):
    if b[0] < a[0]:
        a, b = b, a
    wide, high = max(0, min(a[2], b[2]) - b[0]), max(0, min(a[3], b[3]) - b[1])
    return _over_union(wide * high, a, b)


def takes_the_upper_box_for_the_left_one(a, b):
    if b[1] < a[1]:
        a, b = b, a
    wide, high = max(0, min(a[2], b[2]) - b[0]), max(0, min(a[3], b[3]) - b[1])
    return _over_union(wide * high, a, b)


def _holds(box, x, y):
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def asks_where_the_upper_left_corners_lie(a, b):
    if not (_holds(a, b[0], b[1]) or _holds(b, a[0], a[1])):
        return 0.0
    return with_arrays(a, b)


def asks_where_all_corners_lie(a, b):
    for one, other in ((a, b), (b, a)):
        if any(_holds(one, other[i], other[j]) for i in (0, 2) for j in (1, 3)):
            return with_arrays(a, b)
    return 0.0


def _pixels(box, more):
    return (box[2] - box[0] + more) * (box[3] - box[1] + more)


def _by_pixels(a, b, more, more_shared):
    begin, end = np.maximum(a, b)[:2], np.minimum(a, b)[2:]
    wide, high = np.maximum(0, end - begin + more_shared)
    return wide * high / (_pixels(a, more) + _pixels(b, more) - wide * high)


def with_the_1_in_the_areas(a, b):
    return _by_pixels(a, b, 1, 0)


def with_the_1_in_what_is_shared(a, b):
    return _by_pixels(a, b, 0, 1)


def copies_the_width(a, b):
    wide = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    high = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    return _over_union(wide * high, a, b)


def with_the_1_in_the_overlap(boxes, scores, threshold):
    kept = []
    for i in np.argsort(-scores):
        if all(_by_pixels(boxes[i], boxes[j], 1, 1) <= threshold for j in kept):
            kept.append(i)
    return kept


def removes_while_it_loops(boxes, scores, threshold):
    order = list(np.argsort(-scores))
    for i in order:
        for j in order:
            if i != j and with_arrays(boxes[i], boxes[j]) > threshold:
                order.remove(j)
    return order


def compares_with_all(boxes, scores, threshold):
    overlaps = ious(boxes, boxes)  # at once: by pairs it would take ten seconds in the lecture
    return [i for i in np.argsort(-scores) if overlaps[i].max() <= threshold]


def of_a_classifier(right, scores, _):
    return average_precision_score(right, scores)


def begins_with_the_last_recall(right, scores, total):
    found = np.cumsum(right[np.argsort(-scores)])
    recall, precision = found / total, found / np.arange(1, len(found) + 1)
    return sum((recall[k] - recall[k - 1]) * precision[k:].max() for k in range(len(recall)))


RIGHT = {
    "count_people": [by_label, by_spreading],
    "iou": [with_arrays, by_cases],
    "nms": [drop_and_repeat, by_flags],
    "average_precision": [person_by_person, with_loops],
}

WRONG = {
    "count_people": [
        (erases_the_mask, "in-place"),
        (numbers_without_merging, "two parts that meet later are counted twice"),
        (joins_each_number_once, "joined in several steps are not followed to the end"),
    ],
    "iou": [
        (cuts_off_the_width_alone, "cut both off at 0"),
        (asks_for_both_axes, "cut both off at 0"),
        (cuts_off_at_the_end, "two negative sides give a positive one"),
        (takes_the_sides_in_pairs, "read as left, right, top, bottom"),
        (looks_to_the_right_and_below, "apart on some sides only"),
        (looks_to_the_left_and_above, "apart on some sides only"),
        (_apart_only_if("left"), "apart on some sides only"),
        (_apart_only_if("left", "below"), "apart on some sides only"),
        (_apart_only_if("left", "right", "above"), "apart on some sides only"),
        (_apart_only_if("left", "above", "below"), "apart on some sides only"),
        (_apart_only_if("left", "right"), "cut both off at 0"),
        (takes_the_left_box_for_the_upper_one, "taken for the upper one as well"),
        (takes_the_upper_box_for_the_left_one, "taken for the one further left as well"),
        (asks_where_the_upper_left_corners_lie, "unless the upper left corner of one box lies in"),
        (asks_where_all_corners_lie, "boxes may also cross"),
        (with_the_1_in_the_areas, "added to the areas and not to the shared sides"),
        (with_the_1_in_what_is_shared, "added to the shared sides only"),
        (copies_the_width, "the height is computed from left and right"),
    ],
    "nms": [
        (empties_the_scores, "in-place"),
        (compares_with_all, "nothing is kept"),
        (removes_while_it_loops, "removed from a list while a loop runs over it"),
        (with_the_1_in_the_overlap, "a 1 is added to the sides in the IoU"),
    ],
    "average_precision": [
        (of_a_classifier, "recall is a share of what was found"),
        (begins_with_the_last_recall, "an index of −1 counts from the end"),
    ],
}
