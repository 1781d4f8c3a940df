"""What every part of the course asks about where it runs."""

import torch

from course_utils import runtime
from course_utils.computed import Computed


def threads(width: int) -> int:
    return torch.get_num_threads()


def test_heavy_results_come_from_one_thread_and_the_student_keeps_theirs():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert Computed(threads, width=(1,))(width=1) == 1
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_without_pytorch_nothing_is_loaded(monkeypatch):
    monkeypatch.delitem(runtime.sys.modules, "torch")
    with runtime.one_thread():
        assert "torch" not in runtime.sys.modules
