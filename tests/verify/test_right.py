"""Right solutions of several styles are accepted, whatever free choices they make."""

import pytest
from course_utils import nn
from course_utils.verify import Status, verify_classes

from workshop import STYLES, build, load, shim


def complaints(report):
    return [
        f"{e.key}: {e.difference} ({e.cause}) {e.code}" for e in report.entries if not e.status.good
    ]


def notes(report):
    return {e.key: e.note for e in report.entries if e.status is Status.FREE}


@pytest.mark.parametrize("style", STYLES)
def test_style_is_accepted(style, tmp_path):
    report = verify_classes(load(build(tmp_path / "solution", style)))
    assert not complaints(report)
    assert report.exit_status == 0


def test_own_framework_is_accepted():
    report = verify_classes(vars(nn))
    assert not complaints(report)
    assert report.exit_status == 0


def test_own_framework_through_a_folder(tmp_path):
    assert not complaints(verify_classes(load(shim(tmp_path))))


def test_free_choices_are_noted(tmp_path):
    parts = ["ReLU", "Conv", "Pooling", "BatchNormalization", "RNN", "LSTM"]
    noted = notes(verify_classes(load(build(tmp_path / "plain"), parts), parts))
    assert noted == {
        "ReLU.relu_backward": "derivative at 0 taken as 0",
        "Conv.forward_even": "even kernels: the extra zero is put before",
        "Pooling.ties": "the first of tied maxima gets the error",
        "BatchNormalization.running_decay": "decay of the running statistics: 0.8",
        "LSTM.forward": "order of the gates: forget, input, candidate, output",
    }


@pytest.mark.parametrize(
    ("style", "key", "note"),
    [
        ("free_choices", "RNN.forward", "the hidden state comes before the input"),
        ("free_choices", "RNN.regularization", "the biases are not regularized"),
        ("free_choices", "LSTM.forward", "order of the gates: output, candidate, input, forget"),
        ("free_choices", "Sgd.sgd_pure", "the weights are changed in place"),
        ("einsum", "BatchNormalization.running_decay", "decay of the running statistics: 0.9"),
        ("einsum", "Pooling.ties", "the last of tied maxima gets the error"),
        ("einsum", "Conv.forward_even", "even kernels: the extra zero is put after"),
        ("loops", "ReLU.relu_backward", "derivative at 0 taken as 1"),
    ],
)
def test_other_free_choice_is_noted(style, key, note, tmp_path):
    part = key.split(".")[0]
    report = verify_classes(load(build(tmp_path / "solution", style), [part]), [part])
    assert note in notes(report)[key]
