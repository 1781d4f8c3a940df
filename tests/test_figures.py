import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_utils.figures import seeds_by_row, show

VALUES = {"raw": [0.5, 0.5, 0.6], "standardized": [0.9, 1.0, 1.0]}


def test_a_figure_is_shown_as_png_with_its_alternative_text(monkeypatch):
    shown = {}
    monkeypatch.setattr(
        "course_utils.figures.display", lambda data, **options: shown.update(data=data, **options)
    )
    show(plt.figure(figsize=(3, 2), dpi=100), "A line that rises.")
    assert shown["data"]["image/png"].startswith(b"\x89PNG")
    assert shown["data"]["text/plain"] == "Figure: A line that rises."
    assert shown["metadata"]["image/png"] == {
        "width": 300,
        "height": 200,
        "alt": "A line that rises.",
    }
    assert plt.get_fignums() == []


def test_a_figure_without_alternative_text_is_refused():
    with pytest.raises(ValueError, match="says what the figure shows"):
        show(plt.figure(), " ")
    plt.close("all")


def test_every_seed_has_a_dot_of_its_own_and_every_row_its_mean():
    figure = seeds_by_row(VALUES, "Title", "accuracy", xlim=(0, 1))
    (axes,) = figure.axes
    bars, dots = axes.lines[::2], axes.lines[1::2]
    for row, (values, bar, dot) in enumerate(zip(VALUES.values(), bars, dots, strict=True)):
        assert list(dot.get_xdata()) == values
        assert len(set(dot.get_ydata())) == len(values)
        assert np.allclose(dot.get_ydata(), row, atol=0.4)
        assert np.allclose(bar.get_xdata(), np.mean(values))
    assert axes.get_xlim() == (0, 1)
    plt.close("all")
