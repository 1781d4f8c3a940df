"""What every part of the course asks about where it runs."""

import ntpath
import sys

import pytest
import torch
from threadpoolctl import threadpool_info, threadpool_limits

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


def test_linear_algebra_takes_one_thread_inside_the_innermost_block_and_all_after_the_last():
    def threads():
        return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}

    with threadpool_limits(2, user_api="blas"):
        with runtime.one_thread(), runtime.one_thread():
            assert threads() == {1}
        assert threads() == {2}


def test_a_browser_on_the_path_comes_first(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == "chrome" else None)
    monkeypatch.setattr(runtime, "_INSTALLED", {sys.platform: (__file__,)})
    assert runtime.find_chromium() == "/bin/chrome"


@pytest.mark.parametrize("variable", ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"])
def test_on_windows_an_installed_chrome_is_found(monkeypatch, tmp_path, variable):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("os.path.expandvars", ntpath.expandvars)
    monkeypatch.setattr("sys.platform", "win32")
    for other in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        monkeypatch.setenv(other, str(tmp_path / other))
    assert runtime.find_chromium() is None
    chrome = tmp_path / variable / "Google" / "Chrome" / "Application" / "chrome.exe"
    chrome.parent.mkdir(parents=True)
    chrome.touch()
    assert runtime.find_chromium() == chrome.as_posix()


def test_on_macos_an_installed_browser_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("sys.platform", "darwin")
    places = [place.replace("/", f"{tmp_path}/", 1) for place in runtime._INSTALLED["darwin"]]
    monkeypatch.setitem(runtime._INSTALLED, "darwin", tuple(places))
    assert runtime.find_chromium() is None
    for place in reversed(places):  # Edge is taken only where nothing else is
        runtime.Path(place).parent.mkdir(parents=True)
        runtime.Path(place).touch()
        assert runtime.find_chromium() == place


def test_elsewhere_only_the_path_counts(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("sys.platform", "linux")
    assert runtime.find_chromium() is None
