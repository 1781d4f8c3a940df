import threading
import time

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info, threadpool_limits

from course_utils.explorers import Play, Slider
from course_utils.explorers.frames import Piece
from course_utils.explorers.testing import (
    assert_described,
    assert_every_control_matters,
    assert_faithful,
    assert_quick,
)
from tests.explorers import figures
from tests.explorers.test_frames import draw


class Screen:
    """Stands in the browser's place: draws what an explorer sends."""

    def __init__(self, explorer, theme="light", ratio=1.0):
        self.explorer = explorer
        self.picture = None
        self.description = self.error = ""
        self.computing = False
        self.pieces = 0
        explorer._canvas.send = self.receive
        self.look(theme, ratio)

    def look(self, theme, ratio):
        content = {"kind": "look", "theme": theme, "ratio": ratio}
        self.explorer._on_message(self.explorer._canvas, content, [])

    def receive(self, content, buffers=None):
        self.computing = content["kind"] == "computing"
        if content["kind"] == "error":
            self.error = content["text"]
        if content["kind"] == "frame":
            self.error, self.description = "", content["description"]
            self.numbers, self.note = content["numbers"], content["note"]
            self.hands = content["hands"]
            if buffers:
                size, scale = (content["width"], content["height"]), content["scale"]
                self._draw(Piece(*size, *buffers, scale=scale, packing=content["packing"]))
            self.coarse = content["coarse"]

    def _draw(self, piece):
        self.pieces += 1
        size = (piece.height, piece.width)
        if piece.scale == 1 and (self.picture is None or self.picture.shape[:2] != size):
            self.picture = np.zeros((*size, 4), np.uint8)
        draw(self.picture, piece)

    def rest(self):
        """Say, as the canvas does after a moment, that the coarse picture has come to rest."""
        self.explorer._on_message(self.explorer._canvas, {"kind": "rest"}, [])


@pytest.fixture
def study(monkeypatch):
    """As for a student: errors are shown, not raised."""
    monkeypatch.delenv("COURSE_STRICT", raising=False)


@pytest.fixture
def strict(monkeypatch):
    monkeypatch.setenv("COURSE_STRICT", "1")


def test_moving_controls_shows_their_picture_and_description(study):
    explorer = figures.waves()
    screen = Screen(explorer)
    for scale, method in ((1, "none"), (100, "square"), (100, "none"), (1000, "square")):
        explorer.widgets["scale"].value = scale
        explorer.widgets["method"].value = method
        settings = {"scale": scale, "method": method, "flipped": False}
        assert explorer.parameters == settings
        np.testing.assert_array_equal(screen.picture, explorer.specification.frame(**settings))
        assert screen.description == explorer.description
        assert f"scale {scale}" in screen.description


def test_set_answers_once_goes_to_the_nearest_stop_and_reset_undoes_it(study):
    calls = []

    def compute(**settings):
        calls.append(settings)
        return figures.compute(**settings)

    explorer = figures.waves(compute=compute)
    Screen(explorer)
    calls.clear()
    explorer.set(scale=97, method="square", flipped=True)
    assert calls == [{"scale": 100, "method": "square", "flipped": True}]
    assert explorer.data["scale"] == 100
    explorer.reset()
    assert explorer.parameters == {"scale": 10, "method": "none", "flipped": False}
    with pytest.raises(ValueError, match="no control 'size'; it has scale, method, flipped"):
        explorer.set(size=1)
    with pytest.raises(ValueError, match="outside"):
        explorer.set(scale=5000)


def test_set_leaves_other_controls_where_they_are(study):
    explorer = figures.waves()
    explorer.set(scale=100)
    explorer.set(flipped=True)
    assert explorer.parameters == {"scale": 100, "method": "none", "flipped": True}


def test_a_new_browser_gets_everything_in_its_theme_and_resolution(study):
    explorer = figures.waves()
    screen = Screen(explorer)
    screen.look("dark", 1.0)
    np.testing.assert_array_equal(screen.picture, explorer.specification.frame(theme="dark"))
    screen.look("dark", 2.0)
    assert screen.picture.shape == (600, 1200, 4)
    screen.look("light", 3.7)  # more than two pixels per pixel are not worth their time
    assert screen.picture.shape == (600, 1200, 4)
    screen.look("light", 400 / 600)
    assert screen.picture.shape == (200, 400, 4)
    second = Screen(explorer)
    np.testing.assert_array_equal(second.picture, explorer.specification.frame())


def test_a_sharp_screen_gets_the_sharp_picture_when_it_asks_at_rest(study):
    explorer = figures.waves()
    screen = Screen(explorer, ratio=2.0)
    sharp = screen.picture.copy()
    assert not screen.coarse
    explorer.set(scale=100)
    explorer.reset()
    assert screen.coarse
    assert (screen.picture != sharp).any()
    screen.rest()
    assert not screen.coarse
    np.testing.assert_array_equal(screen.picture, sharp)
    pieces = screen.pieces
    screen.rest()  # a second view of the same explorer asks, too
    assert screen.pieces == pieces


def test_a_screen_that_rests_does_not_end_the_computing_of_a_newer_result(study):
    go = threading.Event()

    def compute(scale, method, flipped):
        if scale == 100:
            go.wait(5)
        return figures.compute(scale, method, flipped)

    explorer = figures.waves(compute=compute, slow=True)
    screen = Screen(explorer, ratio=2.0)
    explorer.wait(5)
    explorer.set(scale=20)
    explorer.wait(5)
    assert screen.coarse
    explorer.set(scale=100)
    screen.rest()
    assert screen.computing
    go.set()
    explorer.wait(5)
    screen.rest()
    assert not screen.coarse


@pytest.mark.parametrize("where", ["compute", "update", "describe"])
def test_an_error_is_shown_with_its_cause_and_goes_when_it_is_over(study, where):
    def fail_at_1000(data):
        if data["scale"] == 1000:
            raise ValueError("one thousand is too much")

    def compute(**settings):
        if where == "compute":
            fail_at_1000(settings)
        return figures.compute(**settings)

    def draw(figure):
        update = figures.draw(figure)

        def checked(data):
            if where == "update":
                fail_at_1000(data)
            update(data)

        return checked

    def describe(data):
        if where == "describe":
            fail_at_1000(data)
        return figures.describe(data)

    explorer = figures.waves(compute=compute, draw=draw, describe=describe)
    screen = Screen(explorer)
    good = screen.picture.copy()
    explorer.set(scale=1000)
    assert "ValueError: one thousand is too much" in screen.error
    assert 'raise ValueError("one thousand is too much")' in screen.error
    np.testing.assert_array_equal(screen.picture, good)
    with pytest.raises(ValueError, match="one thousand"):
        _ = explorer.data
    explorer.set(scale=1)
    assert screen.error == ""
    np.testing.assert_array_equal(screen.picture, explorer.specification.frame(scale=1))


def test_every_picture_says_which_step_it_shows(study):
    explorer = figures.waves(
        controls=[
            Play("scale", [1, 10, 100], unit="×", label="scale", help="Stretches."),
            *figures.controls()[1:],
        ],
        presets={},
    )
    screen = Screen(explorer)
    assert screen.hands == {"scale": {"value": 0}}
    explorer.set(scale=100)
    assert screen.hands == {"scale": {"value": 2}}
    explorer.set(flipped=True)
    assert screen.hands == {"scale": {"value": 2}}


def test_an_error_is_fatal_where_explorers_are_strict(strict):
    def compute(scale, method, flipped):
        if scale >= 500:
            raise ValueError("too much")
        return figures.compute(scale, method, flipped)

    explorer = figures.waves(compute=compute)
    with pytest.raises(ValueError, match="too much"):
        explorer.set(scale=1000)
    with pytest.raises(ValueError, match="too much"):
        figures.waves(compute=compute, snapshots=[{"scale": 1}, {"scale": 1000}])
    slow = figures.waves(compute=compute, slow=True)
    slow.set(scale=1000)
    with pytest.raises(ValueError, match="too much"):
        _ = slow.data


@pytest.mark.parametrize(
    ("changes", "kind", "message"),
    [
        ({"compute": lambda scale, method: None}, TypeError, "must take the controls' names"),
        ({"compute": lambda scale, method, flipped, more: None}, TypeError, "'more'"),
        ({"controls": []}, ValueError, "no controls"),
        ({"controls": figures.controls() * 2}, ValueError, "two controls have the same name"),
        ({"snapshots": [{}]}, ValueError, "1 snapshots; there must be two to six"),
        ({"snapshots": [{}, {"size": 1}]}, ValueError, "snapshot 2: .*no control 'size'"),
        ({"snapshots": [{}, {"scale": 0}]}, ValueError, "snapshot 2: .*outside"),
        ({"snapshots": [{}, {"scale": 7}]}, ValueError, "snapshot 2: .*no stop at 7"),
        ({"snapshots": [{}, {"method": "cube"}]}, ValueError, "snapshot 2: .*no option 'cube'"),
        ({"presets": {"try": {"scale": 7}}}, ValueError, "preset 'try': .*no stop at 7"),
        ({"yours": lambda result, x: result}, TypeError, "scale, method, flipped, yours"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused_in_words(study, changes, kind, message):
    with pytest.raises(kind, match=message):
        figures.waves(**changes)


# --- slow computations --------------------------------------------------------------------------


def test_slow_moves_never_wait_and_the_newest_setting_wins(study):
    computed = []

    def compute(scale, method, flipped):
        time.sleep(0.05)
        computed.append(scale)
        return figures.compute(scale, method, flipped)

    explorer = figures.waves(compute=compute, slow=True)
    screen = Screen(explorer)
    assert explorer.wait(5)
    stops = explorer.specification.by_name["scale"].stops
    start = time.perf_counter()
    for stop in stops:
        explorer.widgets["scale"].value = stop
    assert time.perf_counter() - start < 0.5  # 31 computations would take 1.6 s
    assert screen.computing
    assert explorer.wait(5)
    assert not screen.computing
    assert computed[-1] == stops[-1]
    assert len(computed) < len(stops)
    np.testing.assert_array_equal(screen.picture, explorer.specification.frame(scale=stops[-1]))
    assert screen.description == explorer.description


def test_slow_results_that_are_out_of_date_are_never_shown(study):
    started, go = threading.Event(), threading.Event()

    def compute(scale, method, flipped):
        if scale == 100:
            started.set()
            go.wait(5)
        return figures.compute(scale, method, flipped)

    explorer = figures.waves(compute=compute, slow=True)
    screen = Screen(explorer)
    explorer.wait(5)
    shown = []
    screen._draw = lambda piece: shown.append(screen.description)
    explorer.set(scale=100)
    assert started.wait(5)
    explorer.set(scale=1000)
    go.set()
    assert explorer.wait(5)
    assert [words for words in shown if "scale 100 " in words] == []
    assert "scale 1000 " in shown[-1]


def test_an_older_slow_result_never_ends_the_computing_of_a_newer_one(study):
    explorer = figures.waves(slow=True)
    screen = Screen(explorer)
    explorer.wait(5)
    asked, shown = explorer._newest.ask, []
    evaluate = explorer.specification.evaluate
    between, went_on = threading.Event(), threading.Event()

    def late(settings):
        result = evaluate(settings)
        if settings["scale"] == 100:
            between.wait(5)  # the newer move has said 'computing' but has not asked yet
        return result

    def ask(settings):
        if settings["scale"] == 1000:
            between.set()
            went_on.wait(0.3)
        shown.append(screen.computing)
        asked(settings)

    object.__setattr__(explorer.specification, "evaluate", late)
    explorer._newest.ask = ask
    explorer.widgets["scale"].value = 100
    explorer.widgets["scale"].value = 1000
    assert explorer.wait(5)
    assert shown == [True, True]
    assert "scale 1000 " in screen.description


def test_slow_error_is_shown_and_a_later_success_clears_it(study):
    def compute(scale, method, flipped):
        if scale == 1000:
            raise ValueError("too much")
        return figures.compute(scale, method, flipped)

    explorer = figures.waves(compute=compute, slow=True)
    screen = Screen(explorer)
    explorer.set(scale=1000)
    explorer.wait(5)
    assert "too much" in screen.error
    explorer.set(scale=1)
    assert explorer.data["scale"] == 1
    assert screen.error == ""


def test_moves_from_several_threads_end_on_the_newest_setting(study):
    explorer = figures.waves()
    screen = Screen(explorer)

    def move(name):
        for stop in explorer.specification.by_name[name].samples * 3:
            explorer.widgets[name].value = stop

    threads = [
        threading.Thread(target=move, args=(name,)) for name in explorer.specification.by_name
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_array_equal(
        screen.picture, explorer.specification.frame(**explorer.parameters)
    )


def test_a_picture_is_computed_and_drawn_in_one_thread_and_the_student_keeps_theirs(study):
    """Small arrays shared among threads take ten times as long where the browser works, too."""
    seen = []

    def threads():
        libraries = [
            each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"
        ]
        return {torch.get_num_threads(), *libraries}

    def compute(**settings):
        seen.append(threads())
        return figures.compute(**settings)

    def draw(figure):
        update = figures.draw(figure)
        return lambda data: (seen.append(threads()), update(data))

    explorer = figures.waves(compute=compute, draw=draw)
    Screen(explorer)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with threadpool_limits(2, user_api="blas"):
            seen.clear()
            explorer.widgets["method"].value = "square"
            assert seen == [{1}, {1}]
            assert threads() == {2}
    finally:
        torch.set_num_threads(before)


# --- what every explorer is held to --------------------------------------------------------------


def test_a_good_explorer_passes_all_assertions(study):
    explorer = figures.specification()
    assert_faithful(explorer)
    assert_every_control_matters(explorer)
    assert_described(explorer)
    assert_quick(explorer)


def test_a_picture_that_depends_on_the_past_is_found(study):
    def draw(figure):
        axes = figure.subplots()
        update = figures.draw(figure)

        def growing(data):
            update(data)
            axes.plot([0, 1], [0, data["scale"]])

        return growing

    with pytest.raises(AssertionError, match="not as if drawn afresh"):
        assert_faithful(figures.specification(draw=draw))


def test_an_idle_control_a_dumb_description_and_a_slow_computation_are_found(study):
    idle = Slider("idle", 0, 3, value=0, unit="cm", label="idle", help="Does nothing.")
    explorer = figures.specification(
        controls=[*figures.controls(), idle],
        compute=lambda idle, **settings: figures.compute(**settings),
    )
    with pytest.raises(AssertionError, match="'idle' never changes the picture"):
        assert_every_control_matters(explorer)
    with pytest.raises(AssertionError, match="always"):
        assert_described(figures.specification(describe=lambda _: "Waves."))
    with pytest.raises(AssertionError, match="nan"):
        assert_described(figures.specification(describe=lambda _: "The mean is nan today."))

    def compute(**settings):
        time.sleep(0.02)
        return figures.compute(**settings)

    with pytest.raises(AssertionError, match="declare the explorer slow"):
        assert_quick(figures.specification(compute=compute), limit=0.01)
    assert_quick(figures.specification(compute=compute, slow=True), limit=0.01)


def test_timings_are_recorded(study):
    explorer = figures.waves()
    explorer._repr_mimebundle_()  # makes the snapshots' data, so that the stage can rehearse
    Screen(explorer)
    for scale in (1, 100, 1000):
        explorer.set(scale=scale)
    assert len(explorer.timings) == 4
    assert not any(timing.whole for timing in list(explorer.timings)[1:])
    assert all(min(timing[:3]) >= 0 for timing in explorer.timings)
