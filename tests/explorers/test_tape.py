import numpy as np
import pytest
from matplotlib.axis import XAxis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from course_utils.explorers.stage import Stage
from course_utils.explorers.tape import TapeCanvas


def busy(figure: Figure):
    """Draw something of every kind, above an image that moves."""
    axes = figure.subplots()
    image = axes.imshow(np.zeros((8, 8)), vmin=0, vmax=1, extent=(0, 4, -1, 1), aspect="auto")
    x = np.linspace(0, 4, 50)
    axes.plot(x, np.sin(x), "o--", label=r"$\frac{\sin x}{1}$", markevery=5)
    axes.fill_between(x, 0, np.cos(x), alpha=0.3, hatch="//", label="between")
    axes.scatter(x[::7], x[::7] / 4, c=x[::7], s=40)
    axes.pcolormesh([3, 3.5, 4], [-1, 0, 1], [[0.1, 0.2], [0.3, 0.4]], alpha=0.5)
    axes.bar([1, 2], [0.5, 0.3], width=0.2)
    axes.legend(loc="lower left")
    axes.set(title="busy", xlabel="x", ylabel="y")
    return image.set_data


def test_what_is_played_is_what_was_recorded():
    """Of every artist, after the context and the transforms that it used went elsewhere."""
    figure, plain = Figure(dpi=90), Figure(dpi=90)
    canvas, expected = TapeCanvas(figure), FigureCanvasAgg(plain)
    for each in (figure, plain):
        busy(each)
    expected.draw()
    canvas.draw()
    renderer = canvas.get_renderer()
    tape = renderer.record(figure)
    figure.axes[0].set(xlim=(-3, 1))  # live transforms would follow
    renderer.clear()
    renderer.play(tape)
    np.testing.assert_array_equal(canvas.buffer_rgba(), expected.buffer_rgba())


@pytest.mark.parametrize("kind", [XAxis, Legend])
def test_what_stands_still_is_asked_once_how_it_looks(monkeypatch, kind):
    asked = []
    draw = kind.draw
    monkeypatch.setattr(kind, "draw", lambda *args: (asked.append(1), draw(*args))[1])
    stage = Stage(busy, (6, 4))
    pictures = [np.full((8, 8), level) for level in (0.0, 0.5, 1.0)]
    stage.show(pictures[0])
    stage.show(pictures[1])
    asked.clear()
    for picture in pictures:
        shown = stage.show(picture).copy()
        assert not asked
    np.testing.assert_array_equal(shown, Stage(busy, (6, 4)).show(pictures[-1], whole=True))
