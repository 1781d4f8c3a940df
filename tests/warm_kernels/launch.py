"""What Jupyter starts in place of a kernel: has one forked, and lives as long as that.

    python -I -S launch.py SOCKET [argument of the kernel]...

It starts in 20 milliseconds, so it imports next to nothing.
"""

import json
import os
import signal
import socket
import sys


def main(address: str, *arguments: str) -> None:
    """Ask the server at `address` for a kernel; if there is none to be had, become one."""
    interrupts: list[int] = []  # before there is a kernel
    signal.signal(signal.SIGINT, lambda *_: interrupts.append(1))
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(address)
        folder = os.getcwd()  # noqa: PTH109 - pathlib takes as long as all of this
        wanted = {"arguments": arguments, "environment": dict(os.environ), "folder": folder}
        socket.send_fds(connection, [json.dumps(wanted).encode() + b"\n"], [0, 1, 2])
        answers = connection.makefile("rb")
        kernel = int(answers.readline())
    except (OSError, ValueError):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *arguments])
    signal.signal(signal.SIGINT, lambda *_: os.killpg(kernel, signal.SIGINT))
    if interrupts:
        os.killpg(kernel, signal.SIGINT)
    sys.exit(int(answers.readline() or 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
