"""Dropout (inverted)."""

# ruff: noqa: D401 - first lines of docstrings are the requirements' titles

from typing import Any

import numpy as np

from course_utils.verify.outcome import (
    compare,
    reals,
    require,
)
from course_utils.verify.properties.common import leaves_arrays_alone, normal, starts_as
from course_utils.verify.requirement import requirement

KEEP = 0.25
X = np.abs(normal(100, 200)) + 0.1  # nowhere 0, so that a 0 in the output was dropped
ERROR = np.abs(normal(100, 200, seed=1)) + 0.1


@requirement("Dropout")
def starts_untrainable(layer_class: type) -> None:
    """`trainable` and `testing_phase` are False at first."""
    starts_as(layer_class(KEEP), trainable=False)


def _layer(layer_class: type) -> Any:
    layer = layer_class(KEEP)
    layer.testing_phase = False
    return layer


def _output(layer_class: type) -> np.ndarray:
    output = reals("output", _layer(layer_class).forward(X.copy()))
    require(
        output.shape == X.shape, "output", f"output has shape {output.shape}, expected {X.shape}"
    )
    return output


@requirement("Dropout")
def keeps_with_probability(layer_class: type) -> None:
    """In training each input is kept with the given probability, independently."""
    mask = _output(layer_class) != 0
    kept = float(mask.mean())
    require(
        abs(kept - KEEP) < 0.02,  # six standard deviations
        "share of the inputs that are kept",
        f"{kept:.3f} of the inputs are kept, expected {KEEP}",
        "the argument is taken as the probability of dropping"
        if abs(kept - 1 + KEEP) < 0.02
        else "nothing is dropped"
        if kept == 1
        else "",
        "the argument is the probability of keeping",
    )
    for axis, name in ((0, "sample"), (1, "feature")):
        same = np.all(mask == mask.take([0], axis=axis))
        require(
            not same,
            "mask",
            f"every {name} has the same mask",
            f"one mask is drawn for all {name}s",
            "draw one number per element of the input",
        )


@requirement("Dropout", after=("keeps_with_probability",))
def scales(layer_class: type) -> None:
    """In training what is kept is divided by the probability."""
    output = _output(layer_class)
    kept = output != 0
    ratio = float(np.median(output[kept] / X[kept]))
    causes = {
        1.0: "the division by the probability is left out",
        1 / (1 - KEEP): "it is divided by the probability of dropping",
        KEEP: "it is multiplied with the probability instead of divided by it",
    }
    cause = next((c for r, c in causes.items() if np.isclose(ratio, r)), "")
    hint = "divide by the probability of keeping, so that the expected output is the input"
    require(
        np.isclose(ratio, 1 / KEEP),
        "output",
        f"what is kept is multiplied with {ratio:.4g}, expected 1/{KEEP} = {1 / KEEP:g}",
        cause,
        hint,
    )
    compare("output where it is kept", output[kept], X[kept] / KEEP, hint=hint)


@requirement("Dropout", after=("keeps_with_probability", "scales"))
def backward_uses_the_mask(layer_class: type) -> None:
    """In training the error is masked and scaled like the input."""
    layer = _layer(layer_class)
    output = np.asarray(layer.forward(X.copy()))
    got = reals("error", layer.backward(ERROR.copy()))
    require(got.shape == X.shape, "error", f"its shape is {got.shape}, expected {X.shape}")
    where_hint = "keep the mask of the forward pass and multiply the error with it"
    require(
        np.array_equal(got != 0, output != 0),
        "error for the layer below",
        "the error is dropped elsewhere than the input",
        "the error passes everywhere" if np.all(got != 0) else "a new mask is drawn in backward",
        where_hint,
    )
    factor = output / X
    compare(
        "error for the layer below",
        got,
        ERROR * factor,
        hint="the error gets the same factor 1/probability as the input",
    )


@requirement("Dropout", after=("keeps_with_probability",))
def fresh_mask(layer_class: type) -> None:
    """Every forward pass in training draws a new mask."""
    layer = _layer(layer_class)
    first = np.array(layer.forward(X.copy())) != 0
    second = np.array(layer.forward(X.copy())) != 0
    require(
        not np.array_equal(first, second),
        "mask",
        "two forward passes drop the same inputs",
        "the mask is drawn once, or the generator is seeded in every call",
        "draw the mask in forward",
    )


@requirement("Dropout", after=("keeps_with_probability",))
def testing_phase(layer_class: type) -> None:
    """In the testing phase forward returns its input."""
    layer = _layer(layer_class)
    layer.testing_phase = True
    got = reals("output", layer.forward(X.copy()))
    cause = ""
    if got.shape == X.shape:
        if np.any(got == 0):
            cause = "inputs are dropped in the testing phase too"
        elif np.allclose(got, X * KEEP):
            cause = "the output is scaled in the testing phase: that is done in training here"
        elif np.allclose(got, X / KEEP):
            cause = "the output is divided by the probability in the testing phase too"
    hint = "return the input unchanged when `self.testing_phase` is set"
    if cause:
        where = [int(i) for i in np.argwhere(~np.isclose(got, X))[0]]
        require(
            False,
            "output in the testing phase",
            f"output{where} is {got[tuple(where)]:.6g}, expected {X[tuple(where)]:.6g}",
            cause,
            hint,
        )
    compare("output in the testing phase", got, X, hint=hint)
    layer.testing_phase = False
    after = np.asarray(layer.forward(X.copy()))
    require(
        np.any(after == 0),
        "output after the testing phase",
        "nothing is dropped any more",
        "the testing phase is not left",
        "look at `self.testing_phase` in every forward pass",
    )


@requirement("Dropout", after=("keeps_with_probability", "backward_uses_the_mask"))
def pure(layer_class: type) -> None:
    """Inputs and errors are never changed."""
    leaves_arrays_alone(_layer(layer_class), X, ERROR)
