"""Kernels of a test run, forked from a process that has imported the large libraries before.

To import PyTorch, scikit-learn and SciPy takes a kernel three to four seconds of a processor, and a
test run starts some 80 kernels. What is the course's own is imported by each kernel anew.

In place of ipykernel, Jupyter starts `launch.py`. It hands its command line, environment, folder
and streams to `serve.py`, which forks a kernel; it passes interrupts on, and ends with the kernel.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent


@contextlib.contextmanager
def warm_kernels() -> Iterator[None]:
    """Have the kernels of this process and its children forked, on a system that can do it."""
    if not hasattr(os, "pidfd_open"):
        yield
        return
    former = os.environ.get("JUPYTER_PATH")
    with tempfile.TemporaryDirectory(prefix="course-kernels-") as folder:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"{folder}/socket")
            listener.listen()
            command = [sys.executable, str(_HERE / "serve.py"), str(listener.fileno())]
            server = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,  # its end is the server's end
                stdout=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,  # an interrupt from the keyboard is not for it
            )
        _write_specification(Path(folder))
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [folder, former]))
        try:
            yield
        finally:
            if former is None:
                del os.environ["JUPYTER_PATH"]
            else:
                os.environ["JUPYTER_PATH"] = former
            server.communicate()


def _write_specification(folder: Path) -> None:
    """Write what Jupyter takes for the kernel `python3`, since it looks here first."""
    kernel = folder / "kernels" / "python3"
    kernel.mkdir(parents=True)
    launch = [sys.executable, "-I", "-S", str(_HERE / "launch.py"), f"{folder}/socket"]
    specification = {
        "argv": [*launch, "-f", "{connection_file}"],
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "metadata": {"debugger": True},
    }
    (kernel / "kernel.json").write_text(json.dumps(specification), encoding="utf-8")
