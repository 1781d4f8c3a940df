import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course_utils.explorers.tape import TapeCanvas

KEEPS = tuple(int(part) for part in matplotlib.__version__.split(".")[:2]) >= (3, 11)
TEXTS = [
    {"s": "plain, with fi and Å"},
    {"s": "two\nlines", "linespacing": 1.5},
    {"s": "turned", "rotation": 33},
    {"s": "bold and larger", "weight": "bold", "size": 17},
    {"s": "faint", "alpha": 0.4, "color": "crimson"},
    {"s": r"$\hat{y} = W^{\top} x$"},
    {"s": r"$\frac{1}{2}\sqrt{x}$"},  # has bars, which are no bitmaps
    {"s": "in a box", "bbox": {"facecolor": "wheat"}},
]


def figure(canvas_class, dpi=100):
    made = Figure(figsize=(4, 3), dpi=dpi)
    return made, canvas_class(made)


def picture(canvas):
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


@pytest.mark.parametrize("dpi", [72, 100, 181.3])
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["s"])
def test_every_pixel_is_matplotlibs_wherever_a_text_goes(text, dpi):
    pictures = []
    for canvas_class in (FigureCanvasAgg, TapeCanvas):
        made, canvas = figure(canvas_class, dpi)
        artist = made.text(0.5, 0.5, **text)
        seen = []
        for x, y in [(0.5, 0.5), (0.25, 0.7), (0.2533, 0.7071), (0.95, 0.02), (0.25, 0.7)]:
            artist.set_position((x, y))
            seen.append(picture(canvas))
        artist.set(color="green", text="something else")
        seen.append(picture(canvas))
        pictures.append(np.stack(seen))
    np.testing.assert_array_equal(*pictures)


@pytest.mark.skipif(not KEEPS, reason="this Matplotlib keeps the bitmap inside the font")
def test_a_text_that_comes_again_is_not_set_anew():
    made, canvas = figure(TapeCanvas)
    made.text(0.1, 0.5, "stays")
    moving = made.text(0.1, 0.8, "moves")
    picture(canvas)
    renderer = canvas.get_renderer()
    assert renderer.set_anew == 2
    moving.set(x=0.1 + 20 / 400, color="red")  # by whole pixels
    picture(canvas)
    assert renderer.set_anew == 2
    moving.set_text("says more")
    picture(canvas)
    assert renderer.set_anew == 3


def test_another_resolution_has_a_renderer_of_its_own():
    made, canvas = figure(TapeCanvas)
    first = canvas.get_renderer()
    assert canvas.get_renderer() is first
    made.set_dpi(200)
    assert canvas.get_renderer() is not first
    assert picture(canvas).shape == (600, 800, 4)
