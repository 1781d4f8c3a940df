"""Points, Grid and Play in real JupyterLab: dragged, painted and played by mouse, touch, keys."""

import inspect

import numpy as np
import pytest

from course_utils.bench.explorer_page import explorers
from tests.browser.test_lectures import move
from tests.browser.written import write_notebook
from tests.explorers import demonstration as d

pytestmark = pytest.mark.browser

CELLS = [
    inspect.getsource(d),
    *(f"{make.__name__}()" for make in d.ALL),
    """import time

def slowly(**settings):
    time.sleep(0.8)
    return learned(**settings)

perceptron(slowly, slow=True)""",
]
SLOW = len(d.ALL)

# What each picture says that it shows of one control, and when it came.
LOG = """([frame, name]) => {
    window.shown = [];
    frame.addEventListener('course-picture', () =>
        window.shown.push([frame.courseHands[name].value, performance.now()]));
}"""


@pytest.fixture(scope="module")
def page_folder(jupyterlab):
    write_notebook(jupyterlab.folder / "hands.ipynb", *CELLS)
    return jupyterlab


def opened(server, browser, **context):
    notebook = server.open("hands.ipynb", browser, has_touch=True, **context)
    notebook.show_only_notebook()
    notebook.run_all()
    assert notebook.error_outputs() == []
    return notebook


@pytest.fixture(scope="module")
def executed(page_folder, browser):
    notebook = opened(page_folder, browser)
    yield notebook
    notebook.close()


@pytest.fixture
def show(executed):
    """Return the explorer at a place in the notebook, as at its start."""

    def show_(place):
        explorer = explorers(executed)[place]
        explorer.wait_until_shown()
        explorer.reset()
        explorer.notebook = executed
        return explorer

    yield show_
    assert executed.errors == []


def centre(element):
    element.scroll_into_view_if_needed()  # the mouse reaches nothing outside the window
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pixels_per_unit(explorer, name):
    """Return how many pixels right and down one unit of x and y goes."""
    (left, right), (bottom, top) = explorer_control(name).corners
    box = explorer.root.locator("canvas").first.bounding_box()
    at = explorer.root.locator(".course-explorer-frame").evaluate(
        "(frame, name) => frame.courseHands[name].place", name
    )
    return (
        box["width"] * (at[1] - at[0]) / (right - left),
        box["height"] * (at[3] - at[2]) / (top - bottom),
    )


def explorer_control(name):
    controls = [d.SAMPLES, d.CODE, d.DIGIT, d.INPUTS, d.CELL, d.HOLE]
    return next(control for control in controls if control.name == name)


def drag(mouse, start, *way):
    mouse.move(*start)
    mouse.down()
    for point in way:
        mouse.move(*point, steps=5)


def touch(explorer, *way):
    """Put a finger down, move it, and lift it."""
    session = explorer.page.context.new_cdp_session(explorer.page)
    for kind, points in [("touchStart", way[:1]), *(("touchMove", [p]) for p in way[1:])]:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def assert_shows(explorer, maker, **settings):
    """Assert that picture and description are those of the settings, exactly."""
    explorer.settle()
    specification = maker().specification
    data = specification.data(specification.complete(settings))
    assert explorer.description == specification.describe(data)
    np.testing.assert_array_equal(explorer.pixels(), specification.frame(**settings))


# --- Points -------------------------------------------------------------------------------------


def test_a_sample_follows_the_mouse_and_ends_where_it_is_let_go(show):
    explorer = show(0)
    wide, high = pixels_per_unit(explorer, "samples")
    handle = explorer.on_figure("samples").nth(1)
    x, y = centre(handle)
    drag(explorer.page.mouse, (x, y), (x + 4 * wide, y + high))
    explorer.page.mouse.up()
    assert handle.get_attribute("aria-label") == "sample 2, class no"
    assert handle.get_attribute("aria-valuetext") == "at 7, 7"
    value = ((2, 3, "no"), (7, 7, "no"), (6, 3, "yes"), (8, 7, "yes"))
    assert_shows(explorer, d.perceptron, samples=value)
    assert "sample 2, class no, at 7, 7" in explorer.root.inner_text()


def test_a_handle_is_ahead_of_a_slow_kernel_and_of_nothing_afterwards(show):
    explorer = show(SLOW)
    wide, high = pixels_per_unit(explorer, "samples")
    handle = explorer.on_figure("samples").first
    x, y = centre(handle)
    drag(explorer.page.mouse, (x, y), (x + 3 * wide, y + 3 * high))
    seen = handle.evaluate(
        """handle => {
            const { x, y, width, height } = handle.getBoundingClientRect();
            const { courseHands } = handle.closest('.course-explorer-frame');
            return {
                at: [x + width / 2, y + height / 2],
                ahead: handle.classList.contains('is-ahead'),
                picture: courseHands.samples.value[0],
            };
        }"""
    )
    assert np.allclose(seen["at"], (x + 3 * wide, y + 3 * high), atol=1)
    assert seen["picture"] != [50, 60, 0]
    assert seen["ahead"]
    explorer.page.mouse.up()
    explorer.settle()
    assert "is-ahead" not in handle.get_attribute("class")
    assert handle.get_attribute("aria-valuetext") == "at 5, 6"


def test_handles_lie_on_the_marks_that_python_draws(show):
    explorer = show(0)
    blue = np.all(np.abs(explorer.pixels()[..., :3] - np.array([86, 180, 233])) < 3, axis=2)
    for number in range(2):
        x, y = centre(explorer.on_figure("samples").nth(number))
        canvas = explorer.root.locator("canvas").first.bounding_box()
        x, y = x - canvas["x"], y - canvas["y"]
        rows, columns = np.nonzero(blue)
        near = np.hypot(columns + 0.5 - x, rows + 0.5 - y) < 12
        assert abs(columns[near].mean() + 0.5 - x) <= 1  # Matplotlib draws marks on whole pixels
        assert abs(rows[near].mean() + 0.5 - y) <= 1


def test_samples_by_keyboard_alone(show):
    explorer = show(0)
    page, notebook = explorer.page, explorer.notebook
    place, count = notebook.active_cell(), len(notebook.cells())
    handle = explorer.on_figure("samples").first
    handle.focus()

    def after(*keys):
        for key in keys:
            page.keyboard.press(key)
        explorer.settle()
        focused = page.evaluate(
            "() => [document.activeElement.ariaLabel, document.activeElement.ariaValueText]"
        )
        return ", ".join(focused)

    assert after("ArrowRight", "ArrowUp") == "sample 1, class no, at 2.1, 3.1"
    assert after("Shift+ArrowLeft") == "sample 1, class no, at 1.1, 3.1"
    assert after("2") == "sample 1, class yes, at 1.1, 3.1"
    assert after(" ") == "sample 1, class no, at 1.1, 3.1"
    assert after("Home", "PageUp") == "sample 1, class no, at 0, 10"
    assert after("ArrowLeft") == "sample 1, class no, at 0, 10"  # no further
    assert after("+").startswith("sample 5, class no, at ")
    assert after("Delete").startswith("sample 4, class yes")
    assert after("Delete", "Delete") == "sample 2, class no, at 3, 6"
    assert after("Delete") == "sample 2, class no, at 3, 6"
    assert "At least 2 must stay." in explorer.root.inner_text()
    assert_shows(explorer, d.perceptron, samples=((0, 10, "no"), (3, 6, "no")))
    for key in ("b", "a", "j", "x"):
        page.keyboard.press(key)
    assert (notebook.active_cell(), len(notebook.cells())) == (place, count)


def test_reset_comes_after_the_moves_before_it(show):
    """A move waits while another is on its way; a button that was pressed later waits for it."""
    explorer = show(0)
    explorer.root.evaluate(
        """root => {
            const button = name => root.querySelector(`button[aria-label^="${name}"]`);
            for (let added = 0; added < 3; added++) button("add a sample").click();
            [...root.querySelectorAll("button")].find(each => each.textContent === "Reset").click();
        }"""
    )
    assert_shows(explorer, d.perceptron)
    assert explorer.on_figure("samples").count() == 4


def test_samples_are_added_classified_and_removed_by_mouse(show):
    explorer = show(0)
    wide, high = pixels_per_unit(explorer, "samples")
    x, y = centre(explorer.on_figure("samples").first)
    explorer.root.get_by_role("button", name="class yes").click()
    explorer.page.mouse.dblclick(x + 2 * wide, y - high)
    handles = explorer.on_figure("samples")
    assert handles.count() == 5
    assert handles.last.get_attribute("aria-label") == "sample 5, class yes"
    assert handles.last.get_attribute("aria-valuetext") == "at 4, 2"
    explorer.root.get_by_role("button", name="class no").click()
    start = d.SAMPLES.value
    assert_shows(explorer, d.perceptron, samples=(*start, (4, 2, "no")))
    adding = explorer.root.get_by_role("button", name="add a sample")
    for _ in range(3):
        adding.click()
    assert handles.count() == 8
    assert adding.get_attribute("aria-disabled") == "true"
    adding.click(force=True)
    assert "There can be 8 and no more." in explorer.root.inner_text()
    explorer.reset()
    assert handles.count() == 4
    assert_shows(explorer, d.perceptron)


def test_a_sample_follows_a_finger(show):
    explorer = show(0)
    wide, high = pixels_per_unit(explorer, "samples")
    x, y = centre(explorer.on_figure("samples").last)
    touch(explorer, (x, y), (x - wide, y), (x - 2 * wide, y - 2 * high), (x + 90 * wide, y))
    explorer.settle()
    assert explorer.on_figure("samples").last.get_attribute("aria-valuetext") == "at 10, 7"


def test_a_single_point_comes_to_where_it_is_pressed_and_is_dragged_on(show):
    explorer = show(1)
    wide, high = pixels_per_unit(explorer, "code")
    x, y = centre(explorer.on_figure("code"))
    drag(explorer.page.mouse, (x + wide, y + high), (x + 2 * wide, y + high))
    explorer.page.mouse.up()
    assert_shows(explorer, d.code, code=(2.5, 2))
    touch(explorer, (x - wide, y))
    explorer.root.locator('[aria-valuetext="at −0.5, 1"]').wait_for()  # taps are told late
    assert_shows(explorer, d.code, code=(-0.5, 1))


def test_a_cell_is_chosen_by_mouse_and_by_keys_that_go_the_way_of_the_picture(show):
    explorer = show(3)
    wide, high = pixels_per_unit(explorer, "cell")
    x, y = centre(explorer.on_figure("cell"))
    explorer.page.mouse.click(x + 0.8 * wide, y - 0.7 * high)
    assert_shows(explorer, d.pooling, cell=(1, 0))
    explorer.page.keyboard.press("ArrowDown")
    assert_shows(explorer, d.pooling, cell=(1, 1))
    explorer.page.keyboard.press("ArrowLeft")
    assert_shows(explorer, d.pooling, cell=(0, 1))


# --- Grid ---------------------------------------------------------------------------------------


def cell(explorer, name, row, column):
    box = explorer.on_figure(name).bounding_box()
    rows, columns = explorer_control(name).shape
    return (
        box["x"] + box["width"] * (column + 0.5) / columns,
        box["y"] + box["height"] * (row + 0.5) / rows,
    )


def test_cells_are_erased_by_mouse_at_once_and_let_the_figure_through(show):
    explorer = show(4)
    hole = explorer.on_figure("hole")
    explorer.root.get_by_label("width of the brush").select_option("1")
    drag(explorer.page.mouse, cell(explorer, "hole", 2, 1), cell(explorer, "hole", 2, 6))
    explorer.page.mouse.up()
    painted = np.zeros((8, 8), int)
    painted[2, 1:7] = 1
    assert hole.get_attribute("data-value") == " ".join(map(str, painted.ravel()))
    assert_shows(explorer, d.hole, hole=painted)
    assert hole.get_attribute("data-ahead") == "0"
    explorer.root.get_by_role("button", name="Bring back", exact=True).click()
    explorer.page.mouse.click(*cell(explorer, "hole", 2, 3))
    painted[2, 3] = 0
    assert_shows(explorer, d.hole, hole=painted)
    explorer.root.get_by_role("button", name="upper half").click()
    assert_shows(explorer, d.hole, hole=d.HOLE.presets["upper half"])
    explorer.root.get_by_role("button", name="Clear").click()
    assert_shows(explorer, d.hole)
    explorer.root.get_by_role("button", name="Rub out", exact=True).click()


def test_a_brush_has_a_soft_edge_and_paints_under_a_finger(show):
    explorer = show(2)
    explorer.root.get_by_role("button", name="Clear").click()
    touch(explorer, cell(explorer, "digit", 4, 4), cell(explorer, "digit", 4, 9))
    explorer.settle()
    drawn = np.reshape(explorer.on_figure("digit").get_attribute("data-value").split(), (16, 16))
    drawn = drawn.astype(float)
    assert np.all(drawn[4, 4:10] == 1)
    assert np.all(drawn[[3, 5], 4:10] == 0.5)
    assert drawn.sum() == drawn[3:6, 3:11].sum()
    assert_shows(explorer, d.digit, digit=drawn)


def test_a_grid_is_painted_by_keyboard_and_notebook_keys_stay_out(show):
    explorer = show(4)
    notebook, page = explorer.notebook, explorer.page
    place, count = notebook.active_cell(), len(notebook.cells())
    explorer.root.get_by_label("width of the brush").select_option("1")
    explorer.on_figure("hole").focus()
    keys = ["PageUp", "Home", "ArrowRight", "ArrowDown", "Space", "ArrowDown", "1", "End", "Space"]
    for key in keys:
        page.keyboard.press(key)
    painted = np.zeros((8, 8), int)
    painted[[1, 2, 2], [1, 1, 7]] = 1
    assert "row 3, column 8: 1" in explorer.root.inner_text()
    page.keyboard.press("Delete")
    painted[2, 7] = 0
    assert_shows(explorer, d.hole, hole=painted)
    for key in ("b", "a", "j", "x"):
        page.keyboard.press(key)
    assert (notebook.active_cell(), len(notebook.cells())) == (place, count)


def test_numbers_are_typed_and_stepped(show):
    explorer = show(3)
    page = explorer.page
    page.mouse.click(*cell(explorer, "inputs", 1, 0))
    for key in ("1", "7"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    for key in ("-", "3"):
        page.keyboard.press(key)
    page.mouse.click(*cell(explorer, "inputs", 3, 3))
    explorer.root.get_by_role("button", name="the chosen number one step up").click()
    explorer.root.get_by_role("button", name="the chosen number one step up").click()
    explorer.root.get_by_role("button", name="the chosen number one step down").click()
    inputs = np.array(d.INPUTS.value)
    inputs[1, :2] = 17, -3
    inputs[3, 3] = 3
    assert "row 4, column 4: 3" in explorer.root.inner_text()
    assert_shows(explorer, d.pooling, inputs=inputs)


# --- Play ---------------------------------------------------------------------------------------


def play_button(explorer):
    return explorer.root.locator("button[title=play], button[title=pause]")


def wait_until_paused(explorer):
    explorer.root.locator('[data-playing="false"]').wait_for(state="attached", timeout=20_000)


def test_play_shows_every_step_and_ends_at_the_last(show):
    explorer = show(0)
    frame = explorer.root.locator(".course-explorer-frame")
    frame.evaluate("(frame, log) => eval(log)([frame, 'updates'])", LOG)
    explorer.root.get_by_label("speed").select_option("20")
    play_button(explorer).click()
    assert play_button(explorer).get_attribute("title") == "pause"
    wait_until_paused(explorer)
    explorer.settle()
    shown = explorer.page.evaluate("() => window.shown")
    assert [step for step, _ in shown] == list(range(1, 31))
    assert shown[-1][1] - shown[0][1] > 29 * 45  # milliseconds: no faster than it was told
    assert explorer.control("learning rule").value == "30 updates"
    assert_shows(explorer, d.perceptron, updates=30)


def test_play_waits_for_slow_pictures(show):
    explorer = show(SLOW)
    frame = explorer.root.locator(".course-explorer-frame")
    frame.evaluate("(frame, log) => eval(log)([frame, 'updates'])", LOG)
    explorer.root.get_by_label("speed").select_option("20")
    play_button(explorer).click()
    explorer.page.wait_for_function("() => window.shown.length >= 4", timeout=20_000)
    play_button(explorer).click()
    explorer.settle()
    steps = [step for step, _ in explorer.page.evaluate("() => window.shown")]
    assert steps == list(range(1, len(steps) + 1))


def test_single_steps_space_and_whoever_takes_over(show):
    explorer = show(0)
    rule = explorer.control("learning rule")
    explorer.root.get_by_role("button", name="one step forward").click()
    explorer.root.get_by_role("button", name="one step forward").click()
    explorer.root.get_by_role("button", name="one step back").click()
    assert rule.value == "1 update"
    rule.press("End", "ArrowLeft")
    assert rule.value == "29 updates"
    rule.press("Home")

    def is_playing():
        return play_button(explorer).get_attribute("title") == "pause"

    explorer.root.get_by_label("speed").select_option("2")
    rule.press("Space")
    assert is_playing()
    rule.press("Space")
    assert not is_playing()
    takers = {
        "a sample": lambda: explorer.on_figure("samples").first.click(),
        "the slider": lambda: rule.press("ArrowRight"),
        "Reset": explorer.reset,
    }
    for name, take_over in takers.items():
        play_button(explorer).click()
        assert is_playing()
        take_over()
        assert not is_playing(), name


def test_play_stops_when_the_notebook_is_left(show):
    explorer = show(0)
    explorer.root.get_by_label("speed").select_option("2")
    play_button(explorer).click()
    assert play_button(explorer).get_attribute("title") == "pause"
    explorer.page.evaluate(
        """() => {
            const { shell, commands } = window.jupyterapp;
            window.courseNotebook = shell.currentWidget.id;
            return commands.execute('launcher:create');
        }"""
    )
    wait_until_paused(explorer)
    explorer.page.evaluate(
        """() => {
            const { shell } = window.jupyterapp;
            shell.currentWidget.close();
            shell.activateById(window.courseNotebook);
        }"""
    )
    explorer.settle()


def test_less_motion_means_step_by_step(page_folder, browser):
    notebook = opened(page_folder, browser, reduced_motion="reduce")
    explorer = explorers(notebook)[0]
    explorer.wait_until_shown()
    assert not play_button(explorer).is_visible()
    explorer.control("learning rule").press("Space")
    explorer.root.get_by_role("button", name="one step forward").click()
    explorer.page.wait_for_timeout(1000)  # two steps would be taken in this time
    assert explorer.control("learning rule").value == "1 update"
    assert notebook.errors == []
    notebook.close()


# --- all ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(len(d.ALL)))
def test_every_control_moves_its_picture_by_keyboard_and_reset_brings_the_start_back(show, place):
    explorer = show(place)
    for control in explorer.controls():
        move(explorer, control)


@pytest.mark.parametrize(
    "context",
    [
        {"device_scale_factor": 2},
        {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},  # 1280 at 200 %
        {"viewport": {"width": 900, "height": 700}},
    ],
)
def test_sharp_narrow_and_zoomed_pages_keep_the_hand_on_the_picture(page_folder, browser, context):
    notebook = opened(page_folder, browser, **context)
    for explorer in explorers(notebook):
        explorer.wait_until_shown()
        explorer.page.wait_for_timeout(200)  # the picture in its new size is asked for after 150 ms
        explorer.settle()
        around = explorer.root.bounding_box()
        for part in explorer.root.locator("button, select, input, .course-hand-status").all():
            box = part.bounding_box()
            if box and part.is_visible():
                assert around["x"] <= box["x"]
                assert box["x"] + box["width"] <= around["x"] + around["width"] + 1
    first = explorers(notebook)[0]
    wide, high = pixels_per_unit(first, "samples")
    handle = first.on_figure("samples").first
    handle.evaluate("handle => handle.scrollIntoView({ block: 'center' })")
    first.settle()
    x, y = centre(handle)
    drag(first.page.mouse, (x, y), (x + 2 * wide, y + high))
    first.page.mouse.up()
    assert handle.get_attribute("aria-valuetext") == "at 4, 4"
    assert notebook.errors == []
    notebook.close()
