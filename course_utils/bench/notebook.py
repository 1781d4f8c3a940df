"""One notebook in JupyterLab, open in a window of its own: what is done with it and seen of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from course_utils.bench import BenchError

# Keeps `window.coursePending`: the messages of widgets that the kernel has not dealt with yet.
_PENDING = """() => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const pending = window.coursePending = new Set();
    kernel.anyMessage.connect((_, { msg, direction }) => {
        if (direction === 'send' && msg.header.msg_type === 'comm_msg') {
            pending.add(msg.header.msg_id);
        }
    });
    // This signal comes when what arrived before has been dealt with, `anyMessage` when it arrives.
    kernel.iopubMessage.connect((_, msg) => {
        if (msg.header.msg_type === 'status' && msg.content.execution_state === 'idle') {
            pending.delete(msg.parent_header.msg_id);
        }
    });
}"""
# As in a window that has just been loaded, nothing else is open. Whether that came to pass in time.
_TAKE_OVER = """(path) => {
    const { shell, commands } = window.jupyterapp;
    const others = (panel) => [...shell.widgets('main')].filter((other) => other !== panel);
    const open = async () => {
        shell.mode = 'single-document';
        for (const former of others()) if (former.context?.path === path) former.dispose();
        const panel = await commands.execute('docmanager:open', { path });
        await panel.context.ready;
        for (const other of others(panel)) other.dispose();
        shell.activateById(panel.id);
        return true;
    };
    // The window holds it: a promise that only the caller waits for may be collected as garbage.
    const late = new Promise((done) => { setTimeout(done, 20_000, false); });
    return (window.courseOpened = Promise.race([open(), late]));
}"""
_HARMLESS = ("favicon", "was preloaded using link preload")  # console messages that are no errors


class Notebook:
    """One notebook, open in a window of its own.

    Attributes
    ----------
    page
        The Playwright page.
    errors
        What the browser's console reported as errors so far, and uncaught exceptions.
    """

    def __init__(self, page: Any, keep: Callable[[Any], None] | None = None) -> None:
        self.page = page
        self.errors: list[str] = []
        self._keep = keep  # who takes the page when the notebook is closed
        self._closed = False
        page.on("console", self._on_console)
        page.on("pageerror", self._on_page_error)

    def take_over(self, name: str) -> bool:
        """Open the notebook `name` in place of what the window shows; tell whether it is there."""
        self.page.mouse.move(0, 0)
        return bool(self.page.evaluate(_TAKE_OVER, name))

    def wait_until_ready(self, timeout: float = 60) -> None:
        """Wait until the notebook is loaded and its kernel is idle."""
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.content?.model?.cells",
            timeout=_ms(timeout),
        )
        self.page.evaluate(
            """async () => {
                const panel = window.jupyterapp.shell.currentWidget;
                await window.jupyterapp.restored;
                await Promise.all([panel.revealed, panel.context.ready]);
            }"""
        )
        self.wait_for_kernel(timeout)
        self.page.evaluate(_PENDING)

    def wait_for_kernel(self, timeout: float = 60) -> None:
        """Wait until the kernel is idle."""
        self.page.wait_for_function(
            """() => {
                const session = window.jupyterapp.shell.currentWidget.sessionContext;
                return session.session?.kernel?.status === 'idle';
            }""",
            timeout=_ms(timeout),
        )

    def command(self, name: str, **arguments: Any) -> None:
        """Carry out a command of JupyterLab."""
        self.page.evaluate(
            "([name, args]) => { window.jupyterapp.commands.execute(name, args); }",
            [name, arguments],
        )

    def run_all(self, timeout: float = 300) -> None:
        """Run all cells and wait until the last one is done.

        Raises
        ------
        BenchError
            If that takes longer than `timeout` seconds or the kernel dies. A cell that raises ends
            the run, as in JupyterLab; see :meth:`error_outputs`.
        """
        done = self.page.evaluate(
            """longest => window.courseRun = Promise.race([
                window.jupyterapp.commands.execute('notebook:run-all-cells')
                    .then(() => true, () => true),
                new Promise((resolve) => { setTimeout(resolve, longest, false); }),
            ])""",
            _ms(timeout),
        )
        if not done:
            raise BenchError(f"The notebook was not done after {timeout:g} s.")
        not_run = self.not_run()
        if not_run and not self.error_outputs():
            raise BenchError(f"The kernel died before cell {not_run[0] + 1} was done.")

    def restart_kernel(self, timeout: float = 60) -> None:
        """Restart the kernel without the question that JupyterLab asks."""
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
        )
        self.wait_for_kernel(timeout)
        self.page.evaluate("() => window.coursePending.clear()")

    def shut_down_kernel(self) -> None:
        """End the kernel, so that it takes no memory while other notebooks run."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def save(self) -> None:
        """Save the notebook and wait until that is done."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")

    def reload(self) -> None:
        """Load the page again, as after a lost connection; the kernel goes on."""
        self.page.reload()
        self.wait_until_ready()

    def cells(self) -> list[dict[str, Any]]:
        """Return the cells as the notebook format has them, outputs included."""
        model = self.page.evaluate(
            "() => JSON.stringify(window.jupyterapp.shell.currentWidget.content.model.toJSON())"
        )
        cells: list[dict[str, Any]] = json.loads(model)["cells"]
        return cells

    def error_outputs(self) -> list[str]:
        """Return the errors among the outputs, as 'NameError: …'."""
        return [
            f"{output['ename']}: {output['evalue']}"
            for cell in self.cells()
            for output in cell.get("outputs", [])
            if output["output_type"] == "error"
        ]

    def not_run(self) -> list[int]:
        """Return the places of the code cells with source that have not been executed."""
        return [
            place
            for place, cell in enumerate(self.cells())
            if cell["cell_type"] == "code"
            and "".join(cell["source"]).strip()
            and cell.get("execution_count") is None
        ]

    def active_cell(self) -> int:
        """Return the place of the selected cell."""
        place: int = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"
        )
        return place

    def set_theme(self, theme: Literal["light", "dark"]) -> None:
        """Switch JupyterLab's theme and wait until it is there.

        That is when its splash screen is gone: a switch before would take it away twice, an error.
        """
        self.command("apputils:change-theme", theme=f"JupyterLab {theme.title()}")
        self.page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light"
            " && !document.getElementById('jupyterlab-splash')",
            arg="true" if theme == "light" else "false",
        )

    def show_only_notebook(self) -> None:
        """Hide the side panels, so that the notebook has the whole window."""
        self.page.evaluate(
            """() => {
                window.jupyterapp.shell.collapseLeft?.();
                window.jupyterapp.shell.collapseRight?.();
            }"""
        )

    def screenshot(self, path: Path) -> None:
        """Save a picture of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(path))

    def close(self) -> None:
        """End the kernel and close the window, or leave it to whoever keeps windows; only once."""
        if self._closed:
            return
        self._closed = True
        if self._keep is None:
            self.page.context.close()
            return
        self.shut_down_kernel()
        self.set_theme("light")
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        self.page.remove_listener("console", self._on_console)
        self.page.remove_listener("pageerror", self._on_page_error)
        self._keep(self.page)

    def _on_console(self, message: Any) -> None:
        text = message.text
        if message.type == "error" and not any(harmless in text for harmless in _HARMLESS):
            self.errors.append(text)

    def _on_page_error(self, error: Any) -> None:
        self.errors.append(str(error))


def _ms(seconds: float) -> float:
    return 1000 * seconds
