"""Statements about segmentation and detection, each decided by a measurement."""

from course_utils.exam.statements import Pool, Statement
from course_utils.lessons.seeing_objects import measurements as measured

_MASKS = (
    "Exact masks of rooms with 4 people had {four:.1f} regions on average, with 16 people"
    " {sixteen:.1f}, and at most {most}."
)
_SCALED = (
    "When all boxes were made ten times as large, the IoU changed by up to {scaled:.1g} with width"
    " = right − left, and by up to {plus_one:.2f} with width = right − left + 1. Between the two,"
    " it differed by up to {conventions:.2f}."
)
_DISJOINT = (
    "The boxes (0, 0, 10, 10) and (14, 15, 24, 25) share nothing: their IoU is {iou:g}; the product"
    " of the two signed sides is {product:g}."
)
_RANKED = (
    "Three right detections of three people have an average precision of {alone:g}; with three"
    " wrong ones below them it is {worse_last:g}, with three above them {worse_first:.2f}."
)
_TWICE = (
    "With two exact boxes on each of eight people, recall ended at {once:g} and precision at"
    " {precision:g} when each person was matched once; when each box that fits was counted, recall"
    " ended at {again:g}."
)
_DEFINITIONS = (
    "Five detections of four people: {all_points:.3f} over all points, {eleven:.3f} over 11,"
    " {hundred:.3f} over 101, {steps:.3f} without the envelope."
)
_SUPPRESSED = (
    "Among exact boxes, NMS at 0.3 dropped {huddled:percent} in rooms with a huddle of eight, and"
    " {anywhere:percent} where eight people stood anywhere."
)
_COUNTED = (
    "With eight people in a room, the mean error over five seeds was {regions:.1f} people by"
    " regions, {peaks:.1f} by peaks and {heat:.1f} by the sum of the heat map."
)
_DARK = (
    "In rooms with six people the detectors, which were trained in 70 to 100 % of the light,"
    " counted {bright:.1f} on average in full light and {dark:.1f} in a quarter of it."
)
_RINGS = (
    "Of rooms with 9 to 12 people, an alarm for more than 8 missed {regions:percent} by regions of"
    " the mask and {peaks:percent} by peaks of the detector."
)

POOL = Pool(
    Statement(
        "exact masks",
        "If a semantic mask of a crowded room is exact in every pixel, its connected regions are as"
        " many as the people.",
        measured.true_masks,
        lambda m: m.sixteen > 15,
        _MASKS,
        False,
    ),
    Statement(
        "exact masks",
        "In rooms where people overlap, a semantic mask that is exact in every pixel has on average"
        " fewer connected regions than there are people.",
        measured.true_masks,
        lambda m: m.four < 3.7 and m.sixteen < 8,
        _MASKS,
        True,
    ),
    Statement(
        "scale",
        "With widths taken as right − left, the IoU of two boxes stays as it is if the image and"
        " both boxes are made ten times as large.",
        measured.overlaps,
        lambda m: m.scaled < 1e-9,
        _SCALED,
        True,
    ),
    Statement(
        "scale",
        "Whether widths are taken as right − left or as right − left + 1 makes no difference to the"
        " IoU, since numerator and denominator change alike.",
        measured.overlaps,
        lambda m: m.conventions < 1e-9,
        _SCALED,
        False,
    ),
    Statement(
        "disjoint",
        "If the two sides of an intersection are multiplied without being cut off at 0, boxes that"
        " are apart on both axes get a positive overlap.",
        measured.disjoint,
        lambda m: m.product > 0 and m.iou == 0,
        _DISJOINT,
        True,
    ),
    Statement(
        "ranking",
        "Wrong detections lower the average precision (area below the envelope) even if their"
        " scores are below those of all right ones.",
        measured.ranked,
        lambda m: m.worse_last < m.alone,
        _RANKED,
        False,
    ),
    Statement(
        "ranking",
        "Wrong detections whose scores are above those of all right ones lower the average"
        " precision.",
        measured.ranked,
        lambda m: m.worse_first < m.alone,
        _RANKED,
        True,
    ),
    Statement(
        "one match",
        "If a second box on a person who is already found counts as right too, recall can become"
        " larger than 1.",
        measured.twice,
        lambda m: m.again > 1 >= m.once,
        _TWICE,
        True,
    ),
    Statement(
        "one match",
        "A second box on a person who is already found changes neither recall nor precision.",
        measured.twice,
        lambda m: m.precision == 1 and m.once == 1,
        _TWICE,
        False,
    ),
    Statement(
        "definitions",
        "The mean over eleven recalls, the area below the envelope and the sum of steps without"
        " envelope are three ways to compute the same average precision.",
        measured.definitions,
        lambda m: m.all_points == m.eleven == m.steps,
        _DEFINITIONS,
        False,
    ),
    Statement(
        "suppression",
        "Non-maximum suppression drops only surplus boxes if each person's box is exact, so a low"
        " threshold does no harm in a crowd.",
        measured.suppressed_truth,
        lambda m: m.huddled == 0,
        _SUPPRESSED,
        False,
    ),
    Statement(
        "suppression",
        "In a huddle, non-maximum suppression with a threshold of 0.3 drops exact boxes of people"
        " who stand behind or beside others.",
        measured.suppressed_truth,
        lambda m: m.huddled > 0.1,
        _SUPPRESSED,
        True,
    ),
    Statement(
        "eight people",
        "In rooms with eight people, several of whom touch in the picture, the regions of a trained"
        " network's mask give a smaller error of the count than a trained detector's peaks.",
        measured.counted,
        lambda m: m.regions < m.peaks,
        _COUNTED,
        False,
    ),
    Statement(
        "darkness",
        "The lecture's detectors, trained in 70 to 100 % of the light, count about as many people"
        " in a quarter of full light as in full light.",
        measured.darkness,
        lambda m: m.dark > 0.8 * m.bright,
        _DARK,
        False,
    ),
    Statement(
        "alarm",
        "An alarm for more than eight people that counts the regions of a mask misses more full"
        " rooms than one that counts a detector's peaks.",
        measured.rings,
        lambda m: m.regions > m.peaks + 0.2,
        _RINGS,
        True,
    ),
)
