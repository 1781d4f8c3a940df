"""How fast `course_utils.nn` is: beside PyTorch, two NumPy frameworks and the textbook's loops.

Every case is one forward and one backward pass in float32 (or one whole training step of LeNet).
All contenders of a case take turns, round after round, in one process with the same number of
threads; the numbers are medians over the rounds. A contender that takes less than `SAMPLE_MS` is
run several times per round, and a slow one in three rounds only, or, from `VERY_SLOW_MS` on, once.
"""

import platform
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits  # type: ignore[import-untyped]

from course_utils import nn
from course_utils.bench import peers, textbook
from course_utils.bench.framework_cases import CASES, Case
from course_utils.bench.memory import peak_mb, torch_peak_mb

SAMPLE_MS = 4.0
"""What one sample of a fast contender lasts at least, so that the clock is not what we measure."""
SLOW_MS = 400.0
"""From here on, three rounds are enough."""
VERY_SLOW_MS = 2000.0
"""From here on, one run is enough: the textbook's loops can take half a minute."""


def measure(
    threads: int = 1,
    rounds: int = 15,
    only: str = "",
    slow: bool = True,
) -> dict[str, Any]:
    """Measure all cases.

    Parameters
    ----------
    threads : int
        For BLAS and for PyTorch alike.
    rounds : int
        Median over so many.
    only : str
        Only the cases whose name contains this.
    slow : bool
        Whether the textbook's versions run too.

    Returns
    -------
    dict
        ``cases`` is a list of dicts with name, ours_ms, torch_ms, textbook_ms, other_ms (by
        framework), ratio_to_torch = ours / PyTorch, speedup_over_textbook = textbook / ours,
        ours_mb, torch_mb and memory_ratio; None where a contender has no such layer or is not
        installed. Beside it: threads, rounds, processor, blas (which kernel NumPy uses), versions.
    """
    torch = peers.load("torch")
    with _threads(threads, torch):
        cases = []
        names = [LENET, *(case.name for case in CASES)]
        for name, case in zip(names, [None, *CASES], strict=True):
            if only.lower() in name.lower():
                contenders = _lenet(torch) if case is None else _layer(case, torch)
                if not slow:
                    contenders.pop("textbook", None)
                cases.append({"name": name, **_compare(contenders, rounds, torch)})
        kernels = sorted({str(b["architecture"]) for b in _blas()})
    return {
        "threads": threads,
        "rounds": rounds,
        "processor": platform.processor() or platform.machine(),
        "blas": ", ".join(kernels),
        "versions": {"python": platform.python_version()}
        | {name: _version(name) for name in ("numpy", "scipy", "torch", *OTHERS)},
        "cases": cases,
    }


LENET = "LeNet training step, batch 64, 32×32"
OTHERS = ("pydynet", "neuralnetlib")


def _lenet(torch: Any) -> dict[str, peers.Run]:
    rng = np.random.default_rng(0)
    x = rng.standard_normal((64, 1, 32, 32)).astype(np.float32)
    labels = rng.integers(0, 10, 64)
    optimizer = nn.Adam(5e-4)
    contenders = {
        "ours": _training_step(nn.lenet(optimizer, modern=True), x, labels),
        "textbook": _training_step(textbook.textbook_lenet(optimizer), x, labels),
    }
    if torch is not None:
        contenders["torch"] = peers.torch_lenet(torch, x, labels)
    for name in OTHERS:
        framework = peers.load(name)
        if framework is not None:
            contenders[name] = getattr(peers, f"{name}_lenet")(framework, x, labels)
    return contenders


def _training_step(network: nn.NeuralNetwork, x: np.ndarray, labels: np.ndarray) -> peers.Run:
    network.astype(np.float32)
    network.data_layer = nn.ArrayData(x, nn.one_hot(labels, 10, np.float32), len(x), shuffle=False)

    def run() -> float:
        loss = network.forward()
        network.backward()
        return loss

    return run


def _layer(case: Case, torch: Any) -> dict[str, peers.Run]:
    x = np.random.default_rng(0).standard_normal(case.shape).astype(np.float32)
    contenders = {"ours": _ours(case.ours(nn), x)}
    if case.textbook is not None:
        contenders["textbook"] = _ours(case.textbook(textbook), x)
    if torch is not None:
        contenders["torch"] = peers.torch_layer(torch, case.torch, x)
    for name in OTHERS:
        build = getattr(case, name)
        framework = None if build is None else peers.load(name)
        if framework is not None:
            contenders[name] = getattr(peers, f"{name}_layer")(framework, build, x)
    return contenders


def _ours(layer: Any, x: np.ndarray) -> peers.Run:
    layer.initialize(nn.Xavier(0), nn.Constant(0.1))
    for name in layer.parameter_names:
        setattr(layer, name, getattr(layer, name).astype(np.float32))
    error = np.ones_like(layer.forward(x))

    def run() -> Any:
        layer.forward(x)
        return layer.backward(error)

    return run


def _compare(contenders: dict[str, peers.Run], rounds: int, torch: Any) -> dict[str, Any]:
    """Let all contenders take turns; each round begins with another one."""
    plans = {name: _plan(run, rounds) for name, run in contenders.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for number in range(rounds):
        order = [*order[1:], order[0]]
        for name in order:
            samples, repeats = plans[name]
            if number < samples:
                times[name].append(_time(contenders[name], repeats))
    ms: dict[str, float | None] = {name: statistics.median(t) for name, t in times.items()}
    # Tracing slows down, so memory comes last.
    ours_mb = peak_mb(contenders["ours"])
    torch_mb = torch_peak_mb(torch, contenders["torch"]) if "torch" in contenders else None
    return {
        "ours_ms": _rounded(ms["ours"]),
        "torch_ms": _rounded(ms.get("torch")),
        "textbook_ms": _rounded(ms.get("textbook")),
        "other_ms": {name: _rounded(ms.get(name)) for name in OTHERS},
        "ratio_to_torch": _ratio(ms["ours"], ms.get("torch")),
        "speedup_over_textbook": _ratio(ms.get("textbook"), ms["ours"]),
        "ours_mb": _rounded(ours_mb),
        "torch_mb": _rounded(torch_mb),
        "memory_ratio": _ratio(ours_mb, torch_mb),
    }


def _plan(run: peers.Run, rounds: int) -> tuple[int, int]:
    """Return in how many rounds to run, and how often in each. The first run here is a warm-up."""
    first = _time(run, 1)
    if first > VERY_SLOW_MS:
        return 1, 1
    if first > SLOW_MS:
        return min(3, rounds), 1
    return rounds, max(1, round(SAMPLE_MS / min(_time(run, 1) for _ in range(2))))


def _time(run: peers.Run, repeats: int) -> float:
    """Return milliseconds per run."""
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return 1e3 * (time.perf_counter() - start) / repeats


@contextmanager
def _threads(threads: int, torch: Any) -> Iterator[None]:
    before = None if torch is None else torch.get_num_threads()
    if torch is not None:
        torch.set_num_threads(threads)
    try:
        with threadpool_limits(threads):
            yield
    finally:
        if torch is not None:
            torch.set_num_threads(before)


def _blas() -> list[dict[str, Any]]:
    return [library for library in threadpool_info() if library.get("user_api") == "blas"]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")


def _ratio(a: float | None, b: float | None) -> float | None:
    return None if a is None or not b else float(f"{a / b:.3g}")
