"""The process that kernels are forked from.

    python serve.py DESCRIPTOR-OF-A-LISTENING-SOCKET

For each connection it reads a line of JSON from `launch.py` and forks a kernel. It answers with the
kernel's process id, and with its exit code in the end. A connection that ends takes its kernel
along, and the end of the standard input takes all kernels.
"""

import atexit
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from typing import Any, NamedTuple

# What is imported before the first kernel. `matplotlib.pyplot` and `ipywidgets` are not: when they
# are imported, they look whether they are in a kernel.
LIBRARIES = (
    "IPython",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "scipy.ndimage",
    "scipy.signal",
    "scipy.stats",
    "sklearn.datasets",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.preprocessing",
    "torch._dynamo",  # which optimizers import when they are first used
    "torch.nn.functional",
    "torch.optim",
    "torch.utils.data",
)
# What these say counts from the start of a process on: who wants another value gets no kernel here.
FROM_THE_START = ("PYTHON", "OMP_", "OPENBLAS_", "MKL_", "ONEDNN_", "ATEN_", "NPY_", "MPL", "LC_")
_INLINE = "module://matplotlib_inline.backend_inline"  # what a kernel sets by itself


class Wanted(NamedTuple):
    """A kernel that is to be: its arguments, environment, folder and three streams."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    streams: list[int]

    def close_streams(self) -> None:
        """Close them here: as long as one is open, who reads it waits for more."""
        for stream in self.streams:
            os.close(stream)


class Server:
    """Forks a kernel for each connection, and watches over all of them.

    Parameters
    ----------
    listener
        A listening socket.
    """

    def __init__(self, listener: socket.socket) -> None:
        self._watched = selectors.DefaultSelector()
        self._watched.register(listener, selectors.EVENT_READ, self._on_connection)
        self._watched.register(sys.stdin, selectors.EVENT_READ)
        self._listener = listener
        self._start = _from_the_start(os.environ)
        self._kernels: dict[int, socket.socket] = {}

    def run(self) -> Wanted | None:
        """Serve to the end of the standard input; in a process that was forked, say what for."""
        while True:
            for key, _ in self._watched.select():
                if key.data is None:
                    self._end()
                    return None
                wanted = key.data()
                if wanted is not None:
                    return wanted

    def _on_connection(self) -> Wanted | None:
        connection, _ = self._listener.accept()
        wanted = _read(connection)
        if wanted is None:
            connection.close()
            return None
        if _from_the_start(wanted.environment) != self._start:
            wanted.close_streams()
            connection.close()
            return None
        _import_libraries()
        kernel = os.fork()
        if not kernel:
            self._leave(connection)
            return wanted
        wanted.close_streams()
        connection.sendall(b"%d\n" % kernel)
        self._kernels[kernel] = connection
        process = os.pidfd_open(kernel)
        self._watched.register(
            connection, selectors.EVENT_READ, lambda: self._on_gone(kernel, connection)
        )
        self._watched.register(process, selectors.EVENT_READ, lambda: self._on_end(kernel, process))
        return None

    def _on_gone(self, kernel: int, connection: socket.socket) -> None:
        """End a kernel whose other end is no more."""
        self._watched.unregister(connection)
        _kill(kernel)

    def _on_end(self, kernel: int, process: int) -> None:
        """Pass a kernel's exit code on."""
        self._watched.unregister(process)
        os.close(process)
        code = os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1])
        connection = self._kernels.pop(kernel)
        if connection in self._watched.get_map():
            self._watched.unregister(connection)
            connection.sendall(b"%d\n" % (code if code >= 0 else 128 - code))
        connection.close()

    def _leave(self, connection: socket.socket) -> None:
        """Close what a kernel that was just forked has of the server's and of other kernels."""
        for key in self._watched.get_map().values():
            if isinstance(key.fileobj, int):
                os.close(key.fileobj)
            elif isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        connection.close()
        self._watched.close()

    def _end(self) -> None:
        for kernel in self._kernels:
            _kill(kernel)


def _read(connection: socket.socket) -> Wanted | None:
    """Return what `launch.py` sent; None if it ended before."""
    text, streams, *_ = socket.recv_fds(connection, 1 << 16, 3)
    while not text.endswith(b"\n"):
        more = connection.recv(1 << 16)
        if not more:
            return None
        text += more
    return Wanted(**json.loads(text), streams=list(streams))


def _from_the_start(environment: Any) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(FROM_THE_START)}


def _import_libraries() -> None:
    os.environ.setdefault("MPLBACKEND", _INLINE)
    for name in LIBRARIES:
        importlib.import_module(name)


def _kill(kernel: int) -> None:
    try:
        os.killpg(kernel, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(kernel, signal.SIGKILL)  # it is no group's leader yet; not reaped, so it is there


def become_kernel(wanted: Wanted) -> None:
    """Do what ``python -m ipykernel_launcher`` does, as the process that was asked for."""
    os.setsid()
    for number, stream in enumerate(wanted.streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(wanted.environment)
    os.chdir(wanted.folder)
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # whose end is the kernel's end
    sys.argv = ["ipykernel_launcher", *wanted.arguments, parent]
    numpy = importlib.import_module("numpy")
    numpy.random.seed()  # otherwise all kernels would draw the same
    importlib.import_module("ipykernel.kernelapp").launch_new_instance()
    atexit._run_exitfuncs()
    os._exit(0)  # to take the libraries down one by one takes a second


if __name__ == "__main__":
    del sys.path[0]  # this folder
    forked_for = Server(socket.socket(fileno=int(sys.argv[1]))).run()
    if forked_for is not None:
        become_kernel(forked_for)
