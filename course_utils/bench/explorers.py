"""How fast a slider is in real JupyterLab: from key press to changed pixels.

One notebook holds the same figure, two axes with three lines of 500 points, as an explorer and
under ipywidgets' ``interact``, and a slider that only makes the kernel change a label: the empty
round trip, below which nothing that asks the kernel can come. One key goes to each in turn, so that
whatever else the machine does hits all three alike. The clock starts with the browser's own key
event and stops in the animation frame that shows the change.
"""

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.bench.explorer_page import explorers
from course_utils.bench.jupyterlab import Server, chromium, write_notebook
from course_utils.bench.notebook import Notebook
from course_utils.bench.watch import Watch
from course_utils.explorers import Explorable, Slider

_POINTS = 500
_STOPS = 200
_WARM_UP = 4
_BLANK_MOVES = 200
_QUICK_MOVES = 40
_QUICK_RUNS = 5
_CELLS = {
    "explorer": "from course_utils.bench import explorers\nexplorers.WAVES()",
    "interact": "explorers.under_interact()",
    "round_trip": "explorers.round_trip()",
}


def measure(
    moves: int = 40, report: Callable[[str], object] = lambda _: None, ratio: float = 1
) -> dict[str, Any]:
    """Measure in JupyterLab and return medians in milliseconds.

    Parameters
    ----------
    moves
        Key presses for each of the three, at most 150.
    report
        Called with a few words when the next part begins.
    ratio
        Pixels of the screen per CSS pixel; 2 on a sharp screen.

    Returns
    -------
    dict
        ``pixel_ratio``, as given; ``round_trip_ms``, ``explorer_ms``, ``interact_ms``: medians of
        one interleaved run;
        ``round_trip_ratio`` = explorer / round trip, ``interact_ratio`` = interact / explorer;
        ``blank_frames`` among the ``frames_watched`` during ``blank_moves`` moves; ``settle_ms``:
        the longest time, of a few runs, from the last of 40 quick moves to the last change of the
        picture, and ``settled_right``, whether it was always the picture of the last setting.

    Raises
    ------
    BenchError
        If Playwright or Chromium is missing, or JupyterLab does not start.
    """
    report("starting JupyterLab")
    with tempfile.TemporaryDirectory() as folder:
        write_notebook(Path(folder) / "bench.ipynb", *_CELLS.values())
        with Server(Path(folder)) as server, chromium() as browser:
            notebook = server.open(
                "bench.ipynb",
                browser,
                viewport={"width": 1280, "height": 1000},
                device_scale_factor=ratio,
            )
            notebook.run_all()
            for explorer in explorers(notebook):
                explorer.wait_until_shown()
            bench = _Bench(notebook)
            report(f"{moves} moves each, in turn")
            times = bench.interleaved(moves)
            report(f"{_BLANK_MOVES} moves, looking for blank frames")
            blank, watched = bench.blank_frames()
            report(f"{_QUICK_RUNS} times {_QUICK_MOVES} quick moves")
            settle, right = bench.settle()
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    return {
        "pixel_ratio": ratio,
        "round_trip_ms": round(medians["round_trip"], 1),
        "explorer_ms": round(medians["explorer"], 1),
        "interact_ms": round(medians["interact"], 1),
        "round_trip_ratio": round(medians["explorer"] / medians["round_trip"], 2),
        "interact_ratio": round(medians["interact"] / medians["explorer"], 2),
        "moves": moves,
        "blank_frames": blank,
        "frames_watched": watched,
        "blank_moves": _BLANK_MOVES,
        "settle_ms": round(settle, 1),
        "settled_right": right,
        "quick_moves": _QUICK_MOVES,
    }


class _Bench:
    def __init__(self, notebook: Notebook) -> None:
        self._page = notebook.page
        self._log = Watch(notebook)
        outputs = notebook.page.locator(".jp-CodeCell .jp-Cell-outputArea").all()
        self._roots = dict(zip(_CELLS, outputs, strict=True))

    def interleaved(self, moves: int) -> dict[str, list[float]]:
        """Return, for each of the three, the milliseconds from key to change."""
        times: dict[str, list[float]] = {kind: [] for kind in _CELLS}
        for turn in range(_WARM_UP + moves):
            for kind, values in times.items():
                self._watch(kind)
                taken = self._log.press("ArrowRight")
                if turn >= _WARM_UP:
                    values.append(taken)
        return times

    def blank_frames(self) -> tuple[int, int]:
        """Return how many animation frames showed no picture, and of how many."""
        self._to_start()
        self._watch("explorer")
        for move in range(_BLANK_MOVES):
            self._page.keyboard.press("ArrowRight" if move < _BLANK_MOVES // 2 else "ArrowLeft")
            self._page.wait_for_timeout(30)
        log = self._log.settled()
        return log["blank"], log["frames"]

    def settle(self) -> tuple[float, bool]:
        """Return the longest time to the last change, and whether that was always right."""
        self._to_start()
        self._watch("explorer")
        for _ in range(_QUICK_MOVES):
            self._page.keyboard.press("ArrowRight")
            self._page.wait_for_timeout(100)
        right = self._log.settled()["last"]
        worst, always = 0.0, True
        for _ in range(_QUICK_RUNS):
            self._to_start()
            self._watch("explorer")
            for _ in range(_QUICK_MOVES):
                self._page.keyboard.press("ArrowRight")
            log = self._log.settled()
            worst = max(worst, log["changes"][-1] - log["pressed"])
            always = always and log["last"] == right
        return worst, always

    def _to_start(self) -> None:
        self._watch("explorer")
        self._page.keyboard.press("ArrowRight")  # so that there is a change to wait for
        self._page.keyboard.press("Home")
        self._log.settled()

    def _watch(self, kind: str) -> None:
        root = self._roots[kind]
        root.locator(".noUi-handle").focus()
        self._log.begin(kind, root)


# --- the figure, in three ways; called by the notebook's cells ---------------------------------


def _waves(shift: int) -> np.ndarray:
    """Return three waves, shape (3, 500)."""
    x = np.linspace(0, 4 * np.pi, _POINTS)
    return np.stack([np.sin(x * factor + shift / 10) for factor in (1.0, 1.5, 2.0)])


def _draw(figure: Figure) -> Callable[[np.ndarray], None]:
    left, right = figure.subplots(1, 2)
    x = np.linspace(0, 4 * np.pi, _POINTS)
    lines = [left.plot(x, 0 * x)[0], left.plot(x, 0 * x)[0], right.plot(x, 0 * x)[0]]
    for axes, title in ((left, "Two waves"), (right, "One wave")):
        axes.set(title=title, xlabel="x", ylabel="y", ylim=(-1.1, 1.1))

    def update(waves: np.ndarray) -> None:
        for line, wave in zip(lines, waves, strict=True):
            line.set_ydata(wave)

    return update


WAVES = Explorable(
    name="waves",
    title="Waves",
    compute=lambda shift: _waves(shift),
    draw=_draw,
    describe=lambda waves: f"The waves begin at {waves[0, 0]:.2f}.",
    controls=[
        Slider(
            *("shift", 0, _STOPS),
            value=0,
            unit="tenths of a radian",
            label="shift",
            help="Moves all waves to the left.",
        )
    ],
    snapshots=[{"shift": 0}, {"shift": 20}],
)


def under_interact() -> None:
    """Show the figure the usual way: drawn anew by pyplot for every value of the slider."""

    def show(shift: int) -> None:
        _draw(plt.figure(figsize=(9.0, 4.0)))(_waves(shift))
        plt.show()

    ipywidgets.interact(show, shift=ipywidgets.IntSlider(0, 0, _STOPS))


def round_trip() -> ipywidgets.Widget:
    """Return a slider and a label that the kernel changes when the slider moves."""
    slider, label = ipywidgets.IntSlider(0, 0, _STOPS), ipywidgets.Label("0")
    label.add_class("course-bench-label")
    slider.observe(lambda change: label.set_trait("value", str(change["new"])), "value")
    return ipywidgets.VBox([slider, label])
