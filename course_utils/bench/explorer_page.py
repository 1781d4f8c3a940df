"""What can be done with an explorer on a page, as a reader does it: keys in, pixels out."""

import io
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from PIL import Image

from course_utils.bench.jupyterlab import decode
from course_utils.bench.notebook import Notebook

Kind = Literal["slider", "choice", "switch", "play", "points", "grid"]

_CLASSES: dict[Kind, set[str]] = {
    "slider": {"widget-slider"},
    "choice": {"widget-radio", "widget-dropdown"},
    "switch": {"widget-checkbox"},
    "play": {"course-explorer-play"},
    "points": {"course-explorer-points", "course-explorer-point"},
    "grid": {"course-explorer-grid"},
}


# A picture's digest, found in the page: to take the pixels out of it takes four times as long.
_DIGEST = """async (canvas) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    if (pixels.every((pixel) => pixel === pixels[0])) return '';
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', data))].join();
}"""


@dataclass(frozen=True)
class PageControl:
    """One control: what it is, its label, and the element that takes the keyboard's focus."""

    kind: Kind
    label: str
    element: Any

    def press(self, *keys: str) -> None:
        """Give it the focus and press `keys`, as in ``press("Home", "ArrowRight")``."""
        self.element.focus()
        for key in keys:
            self.element.page.keyboard.press(key)

    @property
    def value(self) -> str:
        """What it shows, with its unit; of a switch 'on' or 'off'; of a grid its cells' levels."""
        return str(
            self.element.evaluate(
                """element => {
                    if (element.role === 'slider' || element.type === 'range')
                        return element.getAttribute('aria-valuetext');
                    if (element.role === 'application')
                        return element.dataset.value;
                    if (element.tagName === 'SELECT') return element.selectedOptions[0].label;
                    if (element.type === 'checkbox') return element.checked ? 'on' : 'off';
                    const group = element.closest('[role=radiogroup]');
                    return group.querySelector('input:checked').closest('label').textContent.trim();
                }"""
            )
        )


class PageExplorer:
    """One explorer of an open notebook.

    Attributes
    ----------
    root
        Playwright locator of the whole explorer.
    """

    def __init__(self, root: Any) -> None:
        self.root = root
        self.page = root.page
        self._canvas = root.locator("canvas").first

    @property
    def title(self) -> str:
        """The explorer's title."""
        return str(self.root.locator("[role=heading]").inner_text())

    @property
    def description(self) -> str:
        """The sentence below the picture."""
        return str(self.root.locator(".course-explorer-description").inner_text())

    @property
    def numbers(self) -> dict[str, str]:
        """The key numbers, label → value."""
        pairs = self.root.locator(".course-explorer-number").all()
        return {p.locator("dt").inner_text(): p.locator("dd").inner_text() for p in pairs}

    @property
    def note(self) -> str:
        """What is said of the student's own function."""
        return str(self.root.locator(".course-explorer-note").inner_text())

    @property
    def error(self) -> str:
        """The error shown, or an empty string."""
        alert = self.root.locator("[role=alert]")
        return str(alert.inner_text()) if alert.is_visible() else ""

    @property
    def frames(self) -> int:
        """How many pictures have been shown so far."""
        return int(self._canvas.get_attribute("data-frames") or 0)

    def pixels(self) -> np.ndarray:
        """Return what is on the canvas: uint8, shape (height, width, 4)."""
        url = self._canvas.evaluate("canvas => canvas.toDataURL('image/png')")
        return np.asarray(Image.open(io.BytesIO(decode(url))).convert("RGBA"))

    def digest(self) -> str:
        """Return what tells the picture on the canvas from any other; nothing if it is blank."""
        return str(self._canvas.evaluate(_DIGEST))

    def controls(self) -> list[PageControl]:
        """Return all controls, from top to bottom."""
        found = []
        for row in self.root.locator(".course-explorer-controls > *").all():
            classes = set((row.get_attribute("class") or "").split())
            kind = next(kind for kind, names in _CLASSES.items() if classes & names)
            label = row.locator(".widget-label").first.inner_text().strip()
            if kind == "slider":
                element = row.locator(".noUi-handle")
            elif kind == "switch":
                element = row.locator("input")
                label = row.locator("span").last.inner_text().strip()
            elif kind == "play":
                element = row.locator(".course-play-range")
            elif kind in ("points", "grid"):
                element = self.on_figure(row.get_attribute("data-control")).first
            elif row.locator("select").count():
                element = row.locator("select")
            else:
                element = row.locator("input:checked")
            found.append(PageControl(kind, label, element))
        return found

    def on_figure(self, name: str) -> Any:
        """Return what of the control with that parameter's name lies on the figure."""
        layer = f'[data-control="{name}"]'
        return self.root.locator(f"{layer} .course-points-handle, .course-grid{layer}")

    def control(self, label: str) -> PageControl:
        """Return the control with that label."""
        return next(control for control in self.controls() if control.label == label)

    def wait_until_shown(self, timeout: float = 30) -> None:
        """Scroll to it and wait for a picture or an error, and until nothing changes any more."""
        self.root.scroll_into_view_if_needed()
        self.page.wait_for_function(
            """root => root.querySelector('canvas')?.dataset.frames
                || root.querySelector('[role=alert]:not([hidden])')""",
            arg=self.root.element_handle(),
            timeout=1000 * timeout,
        )
        self.settle(timeout)

    def settle(self, timeout: float = 30) -> None:
        """Wait until the kernel has answered every move, and the newest picture is drawn."""
        self.page.wait_for_function(
            """root => window.coursePending.size === 0
                && root.querySelector('.course-explorer-picture').dataset.waiting === '0'
                && !root.querySelector('.is-computing')""",
            arg=self.root.element_handle(),
            timeout=1000 * timeout,
        )

    def sweep(self, control: PageControl, steps: int = 4) -> list[str]:
        """Move `control` from end to end by keyboard; return the pictures' digests on the way.

        A slider goes to its lower end, a few times a page up, and to its upper end; a choice or a
        switch to each of its positions; a point to the four edges; of a grid two corners are set.
        Afterwards it is wherever that left it.
        """
        pictures = []
        for key in self._tour(control, steps):
            control.press(key)
            self.settle()
            pictures.append(self.digest())
        return pictures

    def _tour(self, control: PageControl, steps: int) -> list[str]:
        if control.kind in ("slider", "play"):
            return ["Home", *["PageUp"] * steps, "End"]
        if control.kind == "points":
            return ["Home", "End", "PageDown", "PageUp"]
        if control.kind == "grid":
            return ["PageUp", "Home", "+", "PageDown", "End", "+"]
        if control.kind == "switch":
            return ["Space", "Space"]
        options = control.element.evaluate(
            """element => (element.tagName === 'SELECT' ? element
                : element.closest('[role=radiogroup]')).querySelectorAll('option, input').length"""
        )
        return ["ArrowDown"] * (options - 1)

    def reset(self) -> None:
        """Press the Reset button."""
        self.root.get_by_role("button", name="Reset").click()
        self.settle()


def explorers(notebook: Notebook) -> list[PageExplorer]:
    """Return the explorers of a notebook in the order of its cells."""
    return [
        PageExplorer(root) for root in notebook.page.locator("css:light=.course-explorer").all()
    ]
