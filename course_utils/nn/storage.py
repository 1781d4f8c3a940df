"""Networks in ``.npz`` files: arrays and a JSON description, never pickle.

A pickle runs code when it is opened; an ``.npz`` read without pickle holds nothing but arrays. The
array ``layers.0.weights`` is layer 0's weights, ``layers.0.weights.velocity`` its optimizer's
history. The description says which layers the arrays belong to.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from course_utils.nn.configuration import describe, rebuild

FORMAT = 1


def named_layers(layers: list[Any], prefix: str = "layers") -> Iterator[tuple[str, Any]]:
    """Yield every layer with its name; blocks come before their layers.

    Raises
    ------
    TypeError
        If a trainable layer does not say what it holds.
    """
    for number, layer in enumerate(layers):
        name = f"{prefix}.{number}"
        if hasattr(layer, "state"):
            yield name, layer
        elif layer.trainable:
            raise TypeError(
                f"{type(layer).__name__} is trainable, but has no state method that returns its "
                "arrays; derive it from BaseLayer."
            )
        yield from named_layers(getattr(layer, "children", []), name)


def save(path: str | Path, network: Any) -> None:
    """Write `network` to `path`, in one piece: a broken-off save leaves the old file."""
    description = {
        "format": FORMAT,
        "layers": describe(network.layers),
        "optimizer": describe(network.optimizer),
        "weights_initializer": describe(network.weights_initializer),
        "bias_initializer": describe(network.bias_initializer),
        "loss_layer": describe(network.loss_layer),
    }
    arrays: dict[str, Any] = dict(_arrays(network))
    for name, array in arrays.items():
        if array.dtype.kind not in "biuf":
            raise TypeError(f"{name} holds {array.dtype}, which only pickle could store.")
    arrays["description"] = np.array(json.dumps(description))
    arrays["loss"] = np.asarray(network.loss, dtype=np.float64)
    path = Path(path)
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as file:
        np.savez(file, **arrays)
    unfinished.replace(path)


def load(path: str | Path, network: Any) -> None:
    """Read `path` into `network`; nothing is changed unless everything fits."""
    stored, description = _read(path)
    _compare(description["layers"], describe(network.layers), path)
    expected = {
        f"{name}.{key}": (np.shape(value), layer, key)
        for name, layer in named_layers(network.layers)
        for key, value in layer.state().items()
    }
    for name, (shape, layer, key) in expected.items():
        if name not in stored:
            raise ValueError(f"{path} holds no {key} of {layer!r} ({name}).")
        if stored[name].shape != shape:
            raise ValueError(
                f"{path}: {key} of {layer!r} should have the shape {shape}, "
                f"but it has {stored[name].shape}."
            )
    for name, (_, layer, key) in expected.items():
        layer.load_state({key: stored[name]})
    for name, optimizer in _optimizers(network):
        for key in _history(optimizer):
            if f"{name}.{key}" in stored:
                setattr(optimizer, key, _plain(stored[f"{name}.{key}"]))
    network.loss = stored["loss"].tolist()


def from_file(path: str | Path, network_class: Any) -> Any:
    """Make the network that a file describes, if all its parts belong to this package."""
    _, description = _read(path)
    parts = ("optimizer", "weights_initializer", "bias_initializer")
    network = network_class(*(rebuild(description[part]) for part in parts))
    network.loss_layer = rebuild(description["loss_layer"])
    for layer in rebuild(description["layers"]):
        network.append_layer(layer)
    load(path, network)
    return network


def _read(path: str | Path) -> tuple[dict[str, np.ndarray], Any]:
    try:
        # Opened here: of a file that is cut off, NumPy would leave its own open.
        with Path(path).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
        description = json.loads(str(stored["description"]))
    except (ValueError, KeyError, AttributeError, TypeError, EOFError, BadZipFile):
        # NumPy would advise to load what it does not know with pickle, which runs its code.
        raise ValueError(f"{path} was not written by NeuralNetwork.save.") from None
    if description["format"] != FORMAT:
        raise ValueError(f"{path} has format {description['format']}, this version reads {FORMAT}.")
    return stored, description


def _compare(stored: list[Any], present: list[Any], path: str | Path) -> None:
    for number, (theirs, ours) in enumerate(zip(stored, present, strict=False)):
        if theirs != ours:
            raise ValueError(
                f"{path} holds another architecture: its layer {number} is {_text(theirs)}, "
                f"but the network's is {_text(ours)}."
            )
    if len(stored) != len(present):
        raise ValueError(
            f"{path} holds another architecture: it has {len(stored)} layers, "
            f"the network has {len(present)}."
        )


def _text(description: Any) -> str:
    if isinstance(description, list):
        return "[" + ", ".join(map(_text, description)) + "]"
    if not isinstance(description, dict):
        return repr(description)
    given = (f"{key}={_text(value)}" for key, value in description.items() if key != "class")
    return f"{description['class']}({', '.join(given)})"


def _arrays(network: Any) -> Iterator[tuple[str, np.ndarray]]:
    for name, layer in named_layers(network.layers):
        for key, value in layer.state().items():
            yield f"{name}.{key}", np.asarray(value)
    for name, optimizer in _optimizers(network):
        for key in _history(optimizer):
            yield f"{name}.{key}", np.asarray(getattr(optimizer, key))


def _optimizers(network: Any) -> Iterator[tuple[str, Any]]:
    for name, layer in named_layers(network.layers):
        for parameter, optimizer in getattr(layer, "optimizers", {}).items():
            yield f"{name}.{parameter}", optimizer


def _history(optimizer: Any) -> tuple[str, ...]:
    return tuple(getattr(optimizer, "history_names", ()))


def _plain(value: np.ndarray) -> Any:
    """Return numbers as Python's own, which do not widen float32 arrays."""
    return value.item() if value.ndim == 0 else value
