import io

import numpy as np
import pytest
from PIL import Image

from tests.explorers import figures


@pytest.fixture(autouse=True)
def _study(monkeypatch):
    monkeypatch.delenv("COURSE_STRICT", raising=False)


def test_output_carries_widget_picture_and_words():
    explorer = figures.waves()
    data, metadata = explorer._repr_mimebundle_()
    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == explorer.widget.model_id
    assert data["image/png"].startswith(b"\x89PNG")
    assert len(data["image/png"]) < 150_000
    assert metadata["image/png"]["alt"] == data["text/plain"]


def test_words_say_ranges_units_and_todays_numbers():
    words = figures.waves()._repr_mimebundle_()[0]["text/plain"]
    assert words.splitlines()[0] == "Waves of <all> scales"
    assert "  scale: 1× to 1000× (31 stops, logarithmic)" in words
    assert "  method: as it is | squared" in words
    assert "  scale: 100×, method: squared, upside down: off" in words
    assert "    At scale 100 the mean is" in words


def test_output_is_the_same_every_time():
    first, second = (figures.waves()._repr_mimebundle_()[0] for _ in range(2))
    for kind in ("image/png", "text/plain"):
        assert first[kind] == second[kind]
    assert repr(figures.waves()) == "<Explorer 'waves': scale=10.0, method='none', flipped=False>"


def test_sheet_shows_every_snapshot_with_a_caption():
    explorer = figures.waves()
    sheet = Image.open(io.BytesIO(explorer._repr_mimebundle_()[0]["image/png"])).convert("L")
    pixels = np.asarray(sheet)
    height, width = pixels.shape
    assert width == 2 * 480  # two columns of 6 inches at 80 dots per inch
    for row in range(2):
        for column in range(2):
            half = slice(column * width // 2, (column + 1) * width // 2)
            part = pixels[row * height // 2 : (row + 1) * height // 2, half]
            caption, picture = part[: part.shape[0] - 240], part[part.shape[0] - 240 :]
            expected = (row, column) != (1, 1)  # three snapshots
            assert ((caption < 128).any(), (picture < 128).any()) == (expected, expected)


def test_a_failing_snapshot_leaves_words_and_the_widget():
    def compute(scale, method, flipped):
        if flipped:
            raise ValueError("cannot be turned over")
        return figures.compute(scale, method, flipped)

    data, _ = figures.waves(compute=compute)._repr_mimebundle_()
    assert "image/png" not in data
    assert "cannot be turned over" in data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_legend_explains_every_control_and_markup_is_escaped():
    box = figures.waves().widget
    html = " ".join(child.value for child in [box.children[0].children[0], box.children[-1]])
    assert "Waves of &lt;all&gt; scales" in html
    for control in figures.controls():
        assert f"<dt>{control.label}</dt><dd>{control.help}</dd>" in html
