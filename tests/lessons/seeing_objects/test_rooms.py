"""Rooms: what is drawn, and that the truth about it is true."""

import numpy as np
import pytest

from course_utils.lessons.seeing_objects import networks
from course_utils.lessons.seeing_objects.counting import peaks
from course_utils.lessons.seeing_objects.people import POSES, somebody
from course_utils.lessons.seeing_objects.rooms import room
from course_utils.lessons.seeing_objects.shapes import COLUMNS, ROWS, height_at
from course_utils.lessons.seeing_objects.training import draw_rooms


def drawn(people, seed=3, **settings):
    return room(np.random.default_rng(seed), people, **settings)


def test_a_seed_gives_one_room_and_another_seed_another():
    one, again, other = drawn(5), drawn(5), drawn(5, seed=4)
    assert np.array_equal(one.image, again.image)
    assert np.array_equal(one.boxes, again.boxes)
    assert not np.array_equal(one.image, other.image)


def test_an_empty_room_has_no_mask_and_no_boxes():
    empty = drawn(0)
    assert empty.people == 0
    assert not empty.mask.any()
    assert empty.boxes.shape == (0, 4)
    assert empty.heads.shape == (0, 2)


def test_who_is_in_a_room_stays_when_others_come_in():
    few, many = drawn(4), drawn(12)
    assert np.array_equal(few.heads, many.heads[:4])
    assert np.mean(few.mask & ~many.mask) == 0, "nobody's pixels become nobody's"


def test_a_mask_is_where_the_room_looks_otherwise_without_people():
    full, empty = drawn(6, fine=4), drawn(0, fine=4)
    differ = np.abs(full.picture - empty.picture).max(axis=2) > 0
    blocks = differ.reshape(ROWS, 4, COLUMNS, 4).mean(axis=(1, 3))
    assert np.all(blocks[full.mask] > 0.4)


def test_a_box_holds_its_head_and_all_boxes_together_the_mask():
    for seed in range(5):
        found = drawn(9, seed=seed, crowding=0.5)
        x0, y0, x1, y1 = found.boxes.T
        x, y = found.heads.T
        assert np.all((x0 < x) & (x < x1) & (y0 < y) & (y < y1))
        rows, columns = np.nonzero(found.mask)
        inside = (
            (x0[:, None] < columns + 1) & (columns < x1[:, None])
            & (y0[:, None] < rows + 1) & (rows < y1[:, None])
        )  # fmt: skip
        assert inside.any(axis=0).all()


@pytest.mark.parametrize("crowding", [0, 1])
def test_every_head_is_to_be_seen_so_an_exact_heat_map_has_a_peak_for_each(crowding):
    for seed in range(10):
        found = drawn(16, seed=seed, crowding=crowding)
        apart = np.linalg.norm(found.heads[:, None] - found.heads[None], axis=2)
        assert apart[~np.eye(found.people, dtype=bool)].min() > 2.5
        heat, _, _ = networks.box_targets(found.heads, found.boxes)
        assert abs(int(peaks(heat[None], 0.5).sum()) - found.people) <= 1


def test_crowding_brings_people_together():
    def spread(crowding):
        rooms = [drawn(8, seed=seed, crowding=crowding) for seed in range(10)]
        return np.mean([one.heads.std(axis=0).sum() for one in rooms])

    assert spread(1) < 0.6 * spread(0)


def test_less_light_is_a_darker_picture_of_the_same_room():
    bright, dark = drawn(6), drawn(6, light=0.3)
    assert np.array_equal(bright.mask, dark.mask)
    assert np.allclose(dark.picture, 0.3 * bright.picture, atol=0.06)
    assert dark.image.mean() < 0.5 * bright.image.mean()


def test_nearer_people_are_taller_and_every_pose_has_its_own_box():
    assert height_at(34) > height_at(14)
    boxes = set()
    for pose in POSES:
        rng = np.random.default_rng(0)
        person = next(p for p in (somebody(rng, 20, 30, 14) for _ in range(99)) if p.pose == pose)
        left, top, right, bottom = person.box
        assert left < person.head[0] < right
        assert top < person.head[1] < bottom
        boxes.add(round((bottom - top) / person.height, 3))
    assert len(boxes) >= 3


def test_rooms_are_drawn_between_their_bounds_and_others_for_another_purpose():
    rooms = draw_rooms("a test", 12, (2, 5), (0, 1), (0.5, 1))
    assert set(rooms.people) <= {2, 3, 4, 5}
    assert rooms.images.shape == (12, 3, ROWS, COLUMNS)
    assert draw_rooms("a test", 12, (2, 5), (0, 1), (0.5, 1)) is rooms
    other = draw_rooms("another test", 12, (2, 5), (0, 1), (0.5, 1))
    assert not np.array_equal(rooms.images, other.images)
