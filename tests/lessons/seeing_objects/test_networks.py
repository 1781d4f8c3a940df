"""The networks, what they learn from, and the counts that are made of their maps."""

import numpy as np
import pytest
import torch

from course_utils.lessons.seeing_objects import counting, networks, sets
from course_utils.lessons.seeing_objects.counting import WAYS, alarm, counters, counts, peaks
from course_utils.lessons.seeing_objects.detections import boxes_at, peak_boxes, precision_of
from course_utils.lessons.seeing_objects.rooms import room
from course_utils.lessons.seeing_objects.training import trained, training_rooms
from course_utils.seeds import seeds

SEED = seeds(1)[0]


@pytest.mark.parametrize("outputs", [1, 5])
def test_a_map_has_a_place_for_every_pixel_whatever_the_size(outputs):
    net = networks.network(outputs).eval()
    assert net(torch.zeros(2, 3, 36, 48)).shape == (2, outputs, 36, 48)
    assert net(torch.zeros(1, 3, 64, 20)).shape == (1, outputs, 64, 20)


def test_exact_targets_give_back_the_exact_boxes():
    truth = room(np.random.default_rng(1), 5)
    heat, sides, near = networks.box_targets(truth.heads, truth.boxes)
    found = boxes_at(heat, networks.SCALE * sides, peaks(heat[None], 0.5)[0])
    order = np.lexsort(found.boxes.T)
    assert np.allclose(found.boxes[order], truth.boxes[np.lexsort(truth.boxes.T)], atol=1e-4)
    assert np.all(near[heat == 1] == 1)


def test_the_box_loss_looks_at_the_sides_near_heads_alone():
    truth = room(np.random.default_rng(1), 3)
    heat, sides, near = (
        torch.tensor(part)[None] for part in networks.box_targets(truth.heads, truth.boxes)
    )
    exact = torch.cat([torch.logit(heat.clamp(1e-4, 1 - 1e-4))[:, None], sides], dim=1)
    elsewhere, here = exact.clone(), exact.clone()
    elsewhere[:, 1:] += 5 * (1 - near)
    here[:, 1:] += 5 * near
    best = networks.box_loss(exact, heat, sides, near)
    assert networks.box_loss(elsewhere, heat, sides, near) == pytest.approx(float(best))
    assert networks.box_loss(here, heat, sides, near) == pytest.approx(float(best) + 0.3 * 5)


def test_training_is_the_same_twice_and_another_with_another_seed():
    rooms = training_rooms()
    masks = torch.tensor(np.stack([one.mask for one in rooms.rooms]), dtype=torch.float32)

    def after(seed):
        net = networks.train(rooms.images, (masks,), networks.mask_loss, 1, 3, seed)
        return net(networks.normalized(rooms.images[:1]))

    assert torch.equal(after(7), after(7))
    assert not torch.equal(after(7), after(8))


def test_trained_networks_know_new_rooms():
    rooms = sets.apart(4)
    mask = trained(SEED).mask(rooms.images) > 0.5
    truth = np.stack([one.mask for one in rooms.rooms])
    assert np.sum(mask & truth) / np.sum(mask | truth) > 0.5
    assert precision_of(peak_boxes(SEED, rooms, 0.1), rooms) > 0.7


def test_thresholds_are_the_best_on_the_training_rooms():
    rooms, chosen = training_rooms(), counters(SEED)
    heat, _ = trained(SEED).heat(rooms.images)

    def error(threshold):
        return np.abs(counting.count_peaks(heat, threshold) - rooms.people).mean()

    assert all(error(chosen.heat_threshold) <= error(t) for t in (0.2, 0.3, 0.4, 0.5, 0.6))


def test_peaks_are_the_largest_of_their_neighbours_and_above_the_threshold():
    heat = np.zeros((1, 6, 6), dtype=np.float32)
    heat[0, 1, 1], heat[0, 1, 2], heat[0, 4, 4], heat[0, 1, 5] = 0.9, 0.8, 0.6, 0.3
    assert np.argwhere(peaks(heat, 0.5)[0]).tolist() == [[1, 1], [4, 4]]
    assert np.argwhere(peaks(heat, 0.2)[0]).tolist() == [[1, 1], [1, 5], [4, 4]]


def test_all_four_ways_count_every_room():
    rooms = sets.apart(4)
    found = counts(SEED, rooms)
    assert tuple(found) == WAYS
    assert all(count.shape == (40,) for count in found.values())
    assert np.abs(found[WAYS[1]] - 4).mean() < 2


def test_an_alarm_is_wrong_in_two_ways():
    people = np.array([7, 8, 9, 10])
    missed, false = alarm(np.array([9.2, 8.4, 8.6, 3.0]), people, 8)
    assert (missed, false) == (0.5, 0.5)
    assert alarm(people, people, 8) == (0, 0)
    assert alarm(people, people, 8, above=-2) == (0, 1)
    assert alarm(people, people, 8, above=2) == (1, 0)
