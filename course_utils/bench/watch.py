"""Times in the browser, from its own key event to the animation frame that shows the change."""

from typing import Any

from course_utils.bench import BenchError
from course_utils.bench.notebook import Notebook

_PAUSE = 0.2  # seconds without change before the next key

# What is shown, as a value that changes exactly when the reader sees a change. A picture that is
# not decoded yet, or is being replaced, counts as nothing.
_SCRIPT = """() => {
    const sampler = document.createElement('canvas');
    sampler.width = 225;
    sampler.height = 100;
    const context = sampler.getContext('2d', { willReadFrequently: true });
    const fingerprint = (canvas) => {
        context.drawImage(canvas, 0, 0, sampler.width, sampler.height);
        const pixels = new Uint32Array(
            context.getImageData(0, 0, sampler.width, sampler.height).data.buffer);
        let hash = 0, blank = true;
        for (const pixel of pixels) {
            hash = (Math.imul(hash, 31) + pixel) | 0;
            if (pixel !== pixels[0]) blank = false;
        }
        return blank ? null : hash;
    };
    const read = {
        explorer: (root) => fingerprint(root.querySelector('canvas')),
        // a picture is drawn in one go: of any explorer, whatever it moves, however little
        pictures: (root) => root.querySelector('canvas').dataset.frames,
        interact: (root) => {
            const image = root.querySelector('img');
            return image && image.complete && image.naturalWidth ? image.src : null;
        },
        round_trip: (root) => root.querySelector('.course-bench-label').textContent,
    };
    let stop = () => {};
    window.courseWatch = (kind, root) => {
        stop();
        const log = { pressed: 0, frames: 0, blank: 0, changes: [], last: read[kind](root) };
        const onKey = (event) => { log.pressed = event.timeStamp; };
        document.addEventListener('keydown', onKey, true);
        let running = true;
        const look = () => {
            if (!running) return;
            const time = performance.now();  // before looking, which takes its time, too
            const now = read[kind](root);
            log.frames += 1;
            if (now === null) log.blank += 1;
            else if (now !== log.last) {
                log.last = now;
                log.changes.push(time);
            }
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        stop = () => { running = false; document.removeEventListener('keydown', onKey, true); };
        window.courseLog = log;
    };
    window.courseSettled = (pause) => {
        const { changes, pressed } = window.courseLog;
        const last = Math.max(pressed, changes.at(-1) ?? 0);
        const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
        const drawing = document.querySelector('.course-explorer-picture:not([data-waiting="0"])');
        const quiet = performance.now() - last > pause;
        return changes.length > 0 && !drawing && kernel.status === 'idle' && quiet;
    };
}"""


class Watch:
    """Watches one place of a notebook after another, and logs when it changes."""

    def __init__(self, notebook: Notebook) -> None:
        self.page = notebook.page
        self.page.evaluate(_SCRIPT)

    def begin(self, kind: str, root: Any) -> None:
        """Log from now on what changes in `root`.

        Parameters
        ----------
        kind
            What to look at: ``"explorer"``, ``"pictures"``, ``"interact"`` or ``"round_trip"``.
        root
            Playwright locator.
        """
        self.page.evaluate(
            "([kind, root]) => window.courseWatch(kind, root)", [kind, root.element_handle()]
        )

    def settled(self) -> dict[str, Any]:
        """Wait until there was a change and nothing moves any more, and return the log.

        Raises
        ------
        BenchError
            If nothing changes, or something always does, for 30 seconds.
        """
        from playwright.sync_api import TimeoutError as TooLongError

        try:
            self.page.wait_for_function(
                "pause => window.courseSettled(pause)", arg=1000 * _PAUSE, timeout=30_000
            )
        except TooLongError:
            seen = len(self.page.evaluate("() => window.courseLog.changes"))
            raise BenchError(f"{seen} changes in 30 s, and no rest after one.") from None
        log: dict[str, Any] = self.page.evaluate("() => window.courseLog")
        return log

    def press(self, key: str) -> float:
        """Press a key and return the milliseconds until the first change."""
        self.page.keyboard.press(key)
        log = self.settled()
        return float(log["changes"][0] - log["pressed"])
