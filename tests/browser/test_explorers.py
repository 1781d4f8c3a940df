"""Explorers in real JupyterLab: by keyboard alone, without blinking, right in the end."""

import inspect

import numpy as np
import pytest

from course_utils.bench.explorer_page import explorers
from course_utils.explorers.stage import DPI
from tests.browser.written import write_notebook
from tests.explorers import figures

pytestmark = pytest.mark.browser

CELLS = [
    inspect.getsource(figures),
    "waves()",
    """import time

def slowly(**settings):
    time.sleep(0.25)
    if settings["scale"] == 1000:
        raise ValueError("one thousand is too much")
    return compute(**settings)

waves(title="Slow waves", compute=slowly, slow=True)""",
]

# Counts the animation frames in which the canvas shows one colour only.
WATCH = """canvas => {
    const context = new OffscreenCanvas(150, 75).getContext('2d', { willReadFrequently: true });
    window.watched = { frames: 0, blank: 0, pictures: 0 };
    let last = null;
    const look = () => {
        context.drawImage(canvas, 0, 0, 150, 75);
        const pixels = new Uint32Array(context.getImageData(0, 0, 150, 75).data.buffer);
        window.watched.frames += 1;
        if (pixels.every((pixel) => pixel === pixels[0])) window.watched.blank += 1;
        const now = pixels.join();
        if (now !== last) window.watched.pictures += 1;
        last = now;
        requestAnimationFrame(look);
    };
    look();
}"""

# Milliseconds from the last key to the last new picture.
TIME_LAST_KEY = """canvas => {
    window.times = { key: 0, picture: 0 };
    document.addEventListener('keydown', (event) => { window.times.key = event.timeStamp; }, true);
    new MutationObserver(() => { window.times.picture = performance.now(); })
        .observe(canvas, { attributes: true, attributeFilter: ['data-frames'] });
}"""

# Whether each new picture is a coarse one.
NOTE_COARSE = """canvas => {
    window.coarse = [];
    new MutationObserver(() => window.coarse.push(canvas.dataset.coarse))
        .observe(canvas, { attributes: true, attributeFilter: ['data-frames'] });
}"""


@pytest.fixture(scope="module")
def executed(jupyterlab, browser):
    """One window for all tests of this file; each begins by resetting its explorer."""
    write_notebook(jupyterlab.folder / "explorers.ipynb", *CELLS)
    notebook = jupyterlab.open("explorers.ipynb", browser)
    notebook.show_only_notebook()
    notebook.run_all()
    assert notebook.error_outputs() == []
    assert notebook.not_run() == []
    yield notebook
    notebook.close()


@pytest.fixture
def notebook(executed):
    yield executed
    assert executed.errors == []


@pytest.fixture
def fast(notebook):
    return shown(notebook, 0)


@pytest.fixture
def slow(notebook):
    return shown(notebook, 1)


def shown(notebook, place):
    explorer = explorers(notebook)[place]
    explorer.wait_until_shown()
    explorer.reset()
    return explorer


def test_every_control_works_by_keyboard_alone_and_notebook_keys_stay_out(notebook, fast):
    page = notebook.page
    page.locator(".jp-Notebook .jp-Cell").nth(1).locator(".jp-InputPrompt").click()
    place, count = notebook.active_cell(), len(notebook.cells())
    fast.root.get_by_role("button", name="squared, upside down").focus()
    scale, method, flipped = fast.controls()
    shown = [fast.pixels()]

    def press(key):
        page.keyboard.press(key)
        fast.settle()
        shown.append(fast.pixels())
        assert (shown[-1] != shown[-2]).any(), f"nothing changed after {key}"

    page.keyboard.press("Tab")
    assert scale.element.evaluate("element => element === document.activeElement")
    press("ArrowRight")
    assert scale.value == "12.6×"
    press("ArrowUp")
    press("End")
    assert scale.value == "1000×"
    press("Home")
    assert "At scale 1 " in fast.description
    page.keyboard.press("Tab")
    press("ArrowRight")
    assert method.value == "squared"
    press("ArrowLeft")
    page.keyboard.press("Tab")
    press("Space")
    assert flipped.value == "on"
    for key in ("b", "a", "j", "k", "x"):
        page.keyboard.press(key)
    fast.reset()
    np.testing.assert_array_equal(fast.pixels(), shown[0])
    assert (notebook.active_cell(), len(notebook.cells())) == (place, count)


def test_the_browser_shows_exactly_what_python_draws(fast):
    explorer = figures.specification()
    fast.control("scale").press("Home")
    fast.settle()
    np.testing.assert_array_equal(fast.pixels(), explorer.frame(scale=1))
    fast.control("scale").press("End", *["ArrowLeft"] * 10)
    fast.settle()
    np.testing.assert_array_equal(fast.pixels(), explorer.frame(scale=100))
    assert fast.description == explorer.describe(figures.compute(100, "none", False))


def test_names_values_and_help_are_accessible(fast):
    scale, method, flipped = fast.controls()
    assert [c.kind for c in (scale, method, flipped)] == ["slider", "choice", "switch"]
    assert [c.label for c in (scale, method, flipped)] == ["scale", "method", "upside down"]
    assert scale.element.get_attribute("aria-label") == "scale"
    assert scale.element.get_attribute("aria-valuetext") == "10×"
    picture = fast.root.get_by_role("img")
    assert picture.get_attribute("aria-label") == f"{fast.title}: {fast.description}"
    fast.root.locator("summary").focus()
    fast.page.keyboard.press("Enter")
    assert "Stretches." in fast.root.locator(".course-explorer-legend dl").inner_text()
    fast.page.keyboard.press("Enter")


@pytest.mark.alone
def test_presets_are_buttons_that_set_several_controls_by_mouse_and_by_key(fast):
    specification = figures.specification()
    group = fast.root.get_by_role("group", name="Try")
    assert [b.inner_text() for b in group.get_by_role("button").all()] == [*specification.presets]
    before = fast.frames
    group.get_by_role("button", name="squared, upside down").click()
    fast.settle()
    assert [c.value for c in fast.controls()] == ["10×", "squared", "on"]
    assert fast.frames == before + 1
    shown = specification.frame(method="square", flipped=True)
    np.testing.assert_array_equal(fast.pixels(), shown)
    group.get_by_role("button", name="all of it").focus()
    fast.page.keyboard.press("Enter")
    fast.settle()
    assert [c.value for c in fast.controls()] == ["1000×", "as it is", "off"]


def test_until_there_is_a_picture_no_black_box_is_shown(fast):
    shown = fast.root.locator("canvas").evaluate(
        """canvas => {
            const fresh = canvas.cloneNode();
            delete fresh.dataset.frames;
            canvas.after(fresh);
            const { visibility } = getComputedStyle(fresh);
            fresh.remove();
            return [visibility, getComputedStyle(canvas).visibility];
        }"""
    )
    assert shown == ["hidden", "visible"]


def test_key_numbers_follow_and_nothing_moves_with_them(fast):
    assert fast.numbers == {"mean": "0.05", "at scale": "10×"} | fast.numbers
    handle = fast.control("scale").element
    track = fast.root.locator(".noUi-target").bounding_box()
    fast.control("scale").press("End")
    fast.settle()
    specification = figures.specification()
    assert fast.numbers == specification.numbers(figures.compute(1000, "none", False))
    assert fast.root.locator(".noUi-target").bounding_box() == track
    number = fast.root.locator(".course-explorer-number dd").first
    assert float(number.evaluate("dd => parseFloat(getComputedStyle(dd).fontSize)")) >= 20
    above = fast.root.locator("canvas").bounding_box()["y"]
    assert number.bounding_box()["y"] < above
    assert handle.is_visible()


GRANT = "async () => navigator.clipboard.readText()"


def test_copy_puts_the_call_on_the_clipboard(fast):
    page = fast.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = fast.root.get_by_role("button", name="Copy")
    copy.click()
    fast.root.get_by_text("Copied").wait_for()
    assert page.evaluate(GRANT) == "explorers.waves()"
    fast.control("scale").press("End")
    fast.settle()
    copy.focus()
    page.keyboard.press("Enter")
    fast.root.get_by_text("Copied explorers.waves(scale=1000)").wait_for()
    assert page.evaluate(GRANT) == "explorers.waves(scale=1000)"


def test_copy_works_without_a_secure_page_and_says_when_it_cannot(fast):
    page = fast.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("""() => {
        window.former = navigator.clipboard;
        Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    }""")
    copy = fast.root.get_by_role("button", name="Copy")
    fast.control("scale").press("Home")
    fast.settle()
    copy.click()
    fast.root.get_by_text("Copied").wait_for()
    assert page.evaluate("() => window.former.readText()") == "explorers.waves(scale=1)"
    page.evaluate("() => { document.execCommand = () => false; }")
    copy.click()
    said = fast.root.get_by_text("Could not copy; select it: explorers.waves(scale=1)")
    said.wait_for()
    page.evaluate("() => { delete document.execCommand; delete navigator.clipboard; }")
    assert said.is_visible()


def test_figures_text_stays_readable_where_the_page_is_narrow_or_zoomed(notebook, fast):
    page = notebook.page
    for width in (900, 640, 420):  # 640: a window of 1280 at a zoom of 200 %
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)
        fast.settle()
        shown = fast.root.locator("canvas").evaluate("canvas => canvas.clientWidth")
        assert shown >= 0.55 * 600  # as far as a figure shrinks
        box = fast.root.bounding_box()
        scroller = fast.root.locator(".course-explorer-scroller")
        assert scroller.bounding_box()["width"] <= box["width"]
        scrolls = scroller.evaluate("each => each.scrollWidth > each.clientWidth")
        assert (scroller.get_attribute("tabindex") == "0") == scrolls
    page.set_viewport_size({"width": 1280, "height": 900})


def test_no_frame_is_blank_while_sliders_move(fast):
    fast.root.locator("canvas").evaluate(WATCH)
    slider = fast.control("scale")
    slider.press("Home")
    for _ in range(2):
        for key in ("ArrowRight", "ArrowLeft"):
            for _ in range(25):
                slider.press(key)
                fast.page.wait_for_timeout(20)
    fast.settle()
    watched = fast.page.evaluate("() => window.watched")
    assert watched["pictures"] > 20
    assert watched["frames"] > 60
    assert watched["blank"] == 0


@pytest.mark.alone
def test_forty_quick_moves_end_on_the_right_picture_soon(fast):
    slider = fast.control("scale")
    slider.press("End", *["ArrowLeft"] * 10)
    fast.settle()
    right = fast.pixels()
    slider.press("Home")
    fast.settle()
    fast.root.locator("canvas").evaluate(TIME_LAST_KEY)
    slider.press(*["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"] * 10)
    fast.settle()
    times = fast.page.evaluate("() => window.times")
    assert slider.value == "100×"
    np.testing.assert_array_equal(fast.pixels(), right)
    assert times["picture"] - times["key"] < 300


def test_slow_explorer_says_that_it_works_takes_further_moves_and_shows_errors(slow):
    slider = slow.control("scale")
    badge = slow.root.locator(".course-explorer-computing")
    slider.press("ArrowRight")
    badge.filter(has_text="computing").wait_for(state="visible")
    slider.press("ArrowRight", "ArrowRight", "ArrowLeft")
    assert slider.value == "15.8×"  # moved while the first was being computed
    slow.settle()
    assert not badge.is_visible()
    assert "At scale 15.8 " in slow.description
    good = slow.pixels()
    slider.press("End")
    slow.settle()
    assert "one thousand is too much" in slow.error
    np.testing.assert_array_equal(slow.pixels(), good)
    slider.press("ArrowLeft")
    slow.settle()
    assert slow.error == ""
    assert "At scale 794 " in slow.description


def test_theme_resolution_and_width_are_followed(notebook, fast):
    explorer = figures.specification()
    np.testing.assert_array_equal(fast.pixels(), explorer.frame())
    notebook.set_theme("dark")
    fast.page.wait_for_function(
        "canvas => canvas.getContext('2d').getImageData(0, 0, 1, 1).data[0] < 50",
        arg=fast.root.locator("canvas").element_handle(),
    )
    fast.settle()
    np.testing.assert_array_equal(fast.pixels(), explorer.frame(theme="dark"))
    notebook.page.set_viewport_size({"width": 560, "height": 900})
    fast.page.wait_for_function(
        "canvas => canvas.width < 500 && Math.abs(canvas.width - canvas.clientWidth) <= 1",
        arg=fast.root.locator("canvas").element_handle(),
    )
    box = fast.root.bounding_box()
    for part in fast.root.locator("button, .widget-readout, .noUi-handle, label, dl, p").all():
        inner = part.bounding_box()
        if inner and part.is_visible():
            assert box["x"] <= inner["x"]
            assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    notebook.set_theme("light")


def test_sharp_screens_get_twice_the_pixels_once_nothing_moves(jupyterlab, notebook, open_notebook):
    sharp = open_notebook("explorers.ipynb", device_scale_factor=2)
    sharp.run_all()
    explorer = explorers(sharp)[0]
    explorer.wait_until_shown()
    assert explorer.pixels().shape == (600, 1200, 4)
    figure = figures.specification()
    sharp.page.evaluate(NOTE_COARSE, explorer.root.locator("canvas").element_handle())
    for key, scale in (("Home", 1), ("End", 1000)):
        explorer.control("scale").press("Home", *["ArrowRight"] * 5, key)
        explorer.settle()
        expected = figure.stage(dpi=2 * DPI).show(figure.data({**figure.start, "scale": scale}))
        np.testing.assert_array_equal(explorer.pixels(), expected)
        coarse = sharp.page.evaluate("() => window.coarse.splice(0)")
        assert coarse[0] == "true", "a move is answered at once, in half the resolution"
        assert coarse[-1] == "false"
    assert sharp.errors == []


def test_a_page_that_comes_back_finds_the_picture_as_it_was(notebook, fast):
    fast.control("scale").press("End")
    fast.settle()
    before, said = fast.pixels(), fast.description
    notebook.save()
    notebook.reload()
    notebook.page.locator(".course-explorer canvas").first.wait_for()  # it asks the kernel first
    again = explorers(notebook)[0]
    again.wait_until_shown()
    np.testing.assert_array_equal(again.pixels(), before)
    assert again.description == said
    assert again.control("scale").value == "1000×"
