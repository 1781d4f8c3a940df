"""Right networks of random sizes, with four faults drawn from a pool."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isqrt

from course_utils.exam import draw_until
from course_utils.lessons.pytorch_on_a_device.programs import HEAD, Bad, Program


@dataclass
class _Draft:
    """Lines as they are written, and for each the faults that it can have."""

    lines: list[str] = field(default_factory=list)
    faults: list[tuple[int, Bad]] = field(default_factory=list)

    def add(self, text: str, *faults: Bad) -> int:
        """Append a line and return its index."""
        self.lines.append(text)
        index = len(self.lines) - 1
        self.faults += [(index, bad) for bad in faults]
        return index


_NAMES = (
    (("first", "second", "third"), "dense", "shortcut", "readout", "output"),
    (("conv1", "conv2", "conv3"), "fc1", "skip", "fc2", "fc3"),
    (("enter", "middle", "leave"), "flat", "bypass", "classes", "scores"),
    (("lower", "inner", "upper"), "hidden", "side", "last", "final"),
)
_CLASSES = ("Network", "Classifier", "Reader", "Digits", "Detector", "Model")
_INPUTS = ("images", "x", "pictures", "batch")


def draw_program(rng: random.Random) -> Program:
    """Return a right network of random sizes with four faults of four kinds in four lines."""
    name, shape, draft = _draft(rng)
    bad = draw_until(lambda: dict(rng.sample(draft.faults, 4)), _independent)
    return Program(name, shape, tuple(draft.lines), dict(sorted(bad.items())))


def _independent(chosen: Mapping[int, Bad]) -> bool:
    """Tell whether four faults stand in four lines, are of four kinds, and do not interfere.

    Two interfere if one could be put right in the other's line, or excuses the other.
    """
    if len(chosen) < 4 or len({bad.kind for bad in chosen.values()}) < 4:
        return False
    if any(line in chosen for bad in chosen.values() for line in bad.elsewhere):
        return False
    kinds = {bad.kind for bad in chosen.values()}
    return not any(bad.beside in kinds for bad in chosen.values())


def _draft(rng: random.Random) -> tuple[str, tuple[int, ...], _Draft]:
    convolutions, dense, shortcut, readout, ghost = rng.choice(_NAMES)
    colours, batch, pooled = rng.choice((1, 3)), rng.choice((4, 8, 16)), rng.random() < 0.5

    def sizes() -> tuple[int, list[int]]:
        depth, size = rng.choice((2, 3)), rng.choice((20, 24, 28, 32))
        return size, [rng.choice((3, 5)) for _ in range(depth)]

    def left(sizes: tuple[int, list[int]]) -> int:
        size, kernels = sizes
        return (size - kernels[0] + 1) // (2 if pooled else 1) - sum(k - 1 for k in kernels[1:])

    size, kernels = drawn = draw_until(sizes, lambda sizes: left(sizes) >= 3)
    side, depth = left(drawn), len(kernels)
    channels = [colours, *rng.sample((6, 10, 12, 16, 20, 32), depth)]
    hidden, classes = rng.choice((30, 40, 50, 64)), rng.choice((2, 5, 10))
    bypassed = rng.random() < 0.6
    name, x = rng.choice(_CLASSES), rng.choice(_INPUTS)

    draft = _Draft()
    for line in HEAD:
        draft.add(line)
    draft.add(f"class {name}(nn.Module):")
    draft.add("    def __init__(self):")
    draft.add(
        "        super().__init__()",
        Bad("super", "        super().__init__", "The call's brackets are missing: it never runs."),
    )
    for i in range(depth):
        _add_convolution(draft, convolutions, channels, kernels, i, rng)
    flat = channels[-1] * side * side
    line = f"        self.{dense} = nn.Linear({{}}, {hidden}).to(device)"
    right = rng.choice((f"{channels[-1]} * {side} * {side}", f"{channels[-1]} * {side * side}"))
    # No square number of pixels: else padding or a stride in any convolution puts it right, too.
    length = rng.choice([n for n in (side, size) if isqrt(n) ** 2 != n])
    wrong, maps = f"{channels[-1]} * {length}", channels[-1] * length / side**2
    maker = next(i for i, text in enumerate(draft.lines) if f".{convolutions[depth - 1]} =" in text)
    fewer = {}  # it can be put right there too if so many maps are a whole number
    if maps.is_integer():
        fewer[maker] = draft.lines[maker].replace(f", {channels[-1]}, k", f", {maps:.0f}, k")
    made = draft.add(
        line.format(right),
        Bad(
            "flat size",
            line.format(wrong),
            f"It gets {channels[-1]} maps of {side} × {side}, which are {flat} numbers.",
            fewer,
        ),
        _left_on_cpu(line.format(right)),
    )
    if bypassed:
        line = f"        self.{shortcut} = nn.Linear({colours} * {size} * {size}, {hidden})"
        draft.add(f"{line}.to(device)", _left_on_cpu(f"{line}.to(device)", "addition"))
    line = f"        self.{readout} = nn.Linear({{}}, {classes}).to(device)"
    other = rng.choice([n for n in (30, 40, 50, 64) if n != hidden])
    last = draft.add(
        line.format(hidden),
        Bad(
            "features",
            line.format(other),
            f"It expects {other} numbers and gets the {hidden} of `{dense}`.",
            {made: draft.lines[made].replace(f", {hidden})", f", {other})")},
        ),
        _left_on_cpu(line.format(hidden)),
    )
    draft.add("")
    shape = (batch, colours, size, size)
    draft.add(
        f"    def forward(self, {x}):  # {shape}, on the device",
        Bad(
            "self",
            f"    def forward({x}):  # {shape}, on the device",
            "The first parameter has to be `self`; the network calls it with itself and the input.",
        ),
    )
    calls = [f"        h = F.relu(self.{layer}(h))" for layer in convolutions[:depth]]
    _add_start(draft, x, calls[0], rng)
    for i, (layer, call) in enumerate(zip(convolutions, calls, strict=False)):
        draft.add(
            call,
            Bad(
                "module",
                f"        h = nn.ReLU(self.{layer}(h))",
                "`nn.ReLU(…)` makes a layer and applies nothing; the function is `F.relu`.",
            ),
            Bad(
                "self",
                f"        h = F.relu({layer}(h))",
                f"`self.` is missing: there is no variable `{layer}`.",
            ),
        )
        if pooled and i == 0:
            draft.add(
                "        h = F.max_pool2d(h, 2)",
                Bad("pool", "        h = F.max_pool2d(h)", "The size of the windows is missing."),
            )
    draft.add(
        "        h = h.flatten(1)",
        Bad(
            "flatten",
            "        h = h.flatten()",
            "It mixes the samples up: `flatten(1)` keeps the batch axis.",
            {len(draft.lines) + 1: f"        h = F.relu(self.{dense}(h.view(len({x}), -1)))"},
        ),
    )
    draft.add(f"        h = F.relu(self.{dense}(h))")
    if bypassed:
        draft.add(
            f"        h = h + self.{shortcut}({x}.flatten(1))",
            Bad(
                "addition",
                f"        h = h + {x}",
                f"Shapes {(batch, hidden)} and {shape} cannot be added.",
            ),
        )
    draft.add(
        f"        return self.{readout}(h)",
        Bad(
            "undefined",
            f"        return self.{ghost}(h)",
            f"No layer `{ghost}` was ever made.",
            {last: draft.lines[last].replace(f"self.{readout}", f"self.{ghost}")},
        ),
    )
    return name, shape, draft


def _add_convolution(
    draft: _Draft,
    names: tuple[str, ...],
    channels: list[int],
    kernels: list[int],
    i: int,
    rng: random.Random,
) -> None:
    line = f"        self.{names[i]} = nn.Conv2d({{}}, {{}}, kernel_size={kernels[i]}).to(device)"
    right = line.format(channels[i], channels[i + 1])
    faults = [
        Bad(
            "argument",
            right.replace("kernel_size=", "kernel="),
            "There is no argument `kernel`; it is called `kernel_size`.",
        ),
        _left_on_cpu(right, "move" if i == 0 else ""),
    ]
    if i > 0:
        wrong = rng.choice(
            [c for c in (1, 3, channels[i] * 2, channels[i + 1]) if c != channels[i]]
        )
        before = len(draft.lines) - 1
        faults.append(
            Bad(
                "channels",
                line.format(wrong, channels[i + 1]),
                f"It expects {wrong} channel{'s' if wrong > 1 else ''} and gets the {channels[i]}"
                f" of `{names[i - 1]}`.",
                {
                    before: draft.lines[before].replace(
                        f", {channels[i]}, kernel", f", {wrong}, kernel"
                    )
                },
            )
        )
    draft.add(right, *faults)


def _add_start(draft: _Draft, x: str, first: str, rng: random.Random) -> None:
    """Add the line with which forward begins, in one of two right forms; `first` is the next."""
    after = len(draft.lines) + 1
    away = rng.choice((f"{x}.cpu()", f'{x}.to("cpu")'))
    whole = rng.choice(("long", "int", "double"))
    kind = "64-bit numbers" if whole == "double" else "integers"
    draft.add(
        rng.choice((f"        h = {x}", f"        h = {x}.to(device)")),
        Bad(
            "move",
            f"        h = {away}",
            "It takes the input to the CPU, while the weights are on the device.",
            {after: first.replace("(h)", "(h.to(device))")},
        ),
        Bad(
            "type",
            f"        h = {x}.{whole}()",
            f"It makes {kind} of the input, and the weights are 32-bit numbers.",
            {after: first.replace("(h)", "(h.float())")},
        ),
    )


def _left_on_cpu(line: str, beside: str = "") -> Bad:
    return Bad(
        "device",
        line.replace(".to(device)", ""),
        "This layer stays on the CPU, while its input is on the device.",
        beside=beside,
    )
