"""How much memory one pass of a framework takes, on top of input, error and weights.

What the libraries below NumPy and PyTorch take for themselves is in neither number.
"""

import json
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course_utils.bench.peers import Run


def peak_mb(run: Run) -> float:
    """Return what NumPy allocates at most during one run, in MiB, by `tracemalloc`."""
    tracemalloc.start()
    try:
        run()  # what it keeps of the last pass is replaced, so count from a pass of its own
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        kept = run()
        _, peak = tracemalloc.get_traced_memory()
        del kept
        return (peak - before) / 2**20
    finally:
        tracemalloc.stop()


def torch_peak_mb(torch: Any, run: Run) -> float:
    """Return what PyTorch allocates at most during one run, in MiB, by its own profiler."""
    profiler = torch.profiler
    activities = [profiler.ProfilerActivity.CPU]
    with _no_chatter(), profiler.profile(activities=activities, profile_memory=True) as seen:
        run()
        with profiler.record_function("measured pass"):
            run()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        seen.export_chrome_trace(str(path))
        events = json.loads(path.read_text(encoding="utf-8"))["traceEvents"]
    begin = next(event["ts"] for event in events if event["name"] == "measured pass")
    changes = sorted(
        (event["ts"], event["args"]["Bytes"])
        for event in events
        if event["name"] == "[memory]" and event["ts"] >= begin
    )
    allocated = peak = 0
    for _, change in changes:
        allocated += change
        peak = max(peak, allocated)
    return peak / 2**20


@contextmanager
def _no_chatter() -> Iterator[None]:
    """Keep what PyTorch's profiler prints at every start and stop from the terminal."""
    sys.stderr.flush()
    terminal = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)
