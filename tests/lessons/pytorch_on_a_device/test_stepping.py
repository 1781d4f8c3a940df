"""Programs stepped line by line, and the shapes of a stack of layers."""

import pytest
import torch
from torch import nn

from course_utils.lessons.pytorch_on_a_device.explorers import line_by_line, stack
from course_utils.lessons.pytorch_on_a_device.programs import exam_program
from course_utils.lessons.pytorch_on_a_device.shapes import stages
from course_utils.lessons.pytorch_on_a_device.stepping import steps

PROGRAM = exam_program()


def walk(text: str):
    return steps(text, PROGRAM.network, PROGRAM.shape)


def test_a_right_program_is_stepped_from_its_first_layer_to_its_output() -> None:
    found = walk(PROGRAM.text())
    assert [one.line for one in found] == [9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 22, 0]
    assert [len(one.layers) for one in found[:5]] == [0, 0, 1, 2, 3]
    shapes = [next((v.shape for v in one.values if v.name == "h"), None) for one in found[6:]]
    assert shapes[:4] == [(10, 1, 28, 28), (10, 100, 24, 24), (10, 50, 20, 20), (10, 5, 16, 16)]
    assert found[-1].values[-1] == ("output", (10, 50), "float32", "device")
    assert not any(one.error for one in found)


def test_a_faulty_program_stops_where_it_raises_and_says_what() -> None:
    last = walk(PROGRAM.shown())[-1]
    assert last.line == 17
    assert "should be the same" in last.error
    assert {one.device for one in last.values} == {"cpu", "device"}
    text = PROGRAM.text({10: PROGRAM.bad[10].text})
    assert "expected input[10, 100, 24, 24] to have 10 channels" in walk(text)[-1].error


def test_the_explorer_shows_each_error_in_turn_as_repairs_are_made() -> None:
    explorer = line_by_line(step=12)
    raised = []
    for repair in ("move", "channels", "addition", "output"):
        raised.append(explorer.description.split(" raises ")[0])
        explorer.set(**{repair: True})
    assert raised == ["Line 17", "Line 18", "Line 21", "Line 22"]
    assert explorer.description.startswith("All lines have run. output has shape (10, 50)")


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("pool", [False, True])
def test_the_stack_has_the_shapes_and_parameters_of_real_layers(pool: bool, average: bool) -> None:
    found = stages(32, 5, 2, 1, pool, average)
    shapes = {stage.name: stage.shape for stage in found}
    x = torch.zeros(4, 3, 32, 32)
    first, second = nn.Conv2d(3, 16, 5, 2, 1), nn.Conv2d(16, 32, 3)
    h = first(x)
    assert shapes["convolution"] == h.shape
    h = second(nn.functional.max_pool2d(h, 2) if pool else h)
    assert shapes["convolution 3 × 3"] == h.shape
    assert shapes["linear"] == (4, 10)
    assert shapes["flatten"] == ((4, 32) if average else h.flatten(1).shape)
    assert found[1].parameters == sum(p.numel() for p in first.parameters())


def test_a_picture_of_another_size_stops_at_the_linear_layer_or_is_averaged() -> None:
    last = stages(40, 5, 1, 0, True, False)[-1]
    assert last.name == "linear"
    assert "mat1 and mat2 shapes cannot be multiplied (4x8192 and 4608x10)" in last.error
    assert not stages(40, 5, 1, 0, True, True)[-1].error
    small = stages(8, 9, 1, 0, True, True)[-1]
    assert (small.name, small.shape) == ("convolution", None)
    assert "Kernel size can't be greater" in small.error


def test_what_the_linear_layer_expects_is_what_it_gets_at_the_size_it_was_made_for() -> None:
    for kernel in (1, 5, 9):
        explorer = stack(kernel=kernel)
        assert explorer.numbers["linear gets"] == explorer.numbers["linear expects"]
    assert stack(side=40).numbers == {"linear gets": "8192", "linear expects": "4608"}
