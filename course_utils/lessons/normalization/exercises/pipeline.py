"""Exercise 01.6: a pipeline without a leak."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, expect_values, inputs_unchanged
from course_utils.lessons.normalization.exercises.common import LECTURE, fresh_table, two_results
from course_utils.lessons.normalization.exercises.fits import fit_standard
from course_utils.lessons.normalization.exercises.transforms import transform
from course_utils.lessons.normalization.model import Standard

Prepare = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def prepare(x_train: np.ndarray, x_test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    offset, scale = fit_standard(x_train)
    return transform(x_train, offset, scale), transform(x_test, offset, scale)


def _normalizes_training_data(answer: Prepare) -> None:
    x_train, x_test = fresh_table(30, 4, seed=3), fresh_table(9, 4, seed=4)
    with inputs_unchanged(x_train=x_train, x_test=x_test):
        z_train, _ = two_results(answer, x_train, x_test)
    right, both = Standard().fit(x_train), Standard().fit(np.vstack([x_train, x_test]))
    causes = {
        "the statistics come from training and test data together: that is the leak": (
            both.transform(x_train)
        ),
        "the statistics come from the test data": Standard().fit(x_test).transform(x_train),
        "the two results are exchanged": right.transform(x_test),
        "this is the normalized test data with statistics of their own": (
            Standard().fit(x_test).transform(x_test)
        ),
        "the training data are not normalized": x_train,
        "every sample is normalized by itself": _standard_rows(x_train),
        "the variance is divided by n − 1; here it is n": (x_train - right.offset_)
        / x_train.std(axis=0, ddof=1),
    }
    expect_values("z_train", z_train, right.transform(x_train), causes)


def _uses_training_statistics(answer: Prepare) -> None:
    x_train, x_test = fresh_table(30, 4, seed=5), fresh_table(9, 4, seed=6)
    right = Standard().fit(x_train)
    _, z_test = two_results(answer, x_train, x_test)
    causes = {
        "the test data are normalized with their own statistics": (
            Standard().fit(x_test).transform(x_test)
        ),
        "the test data are not normalized": x_test,
        "every sample is normalized by itself": _standard_rows(x_test),
    }
    expect_values("z_test", z_test, right.transform(x_test), causes)


def _one_sample_at_a_time(answer: Prepare) -> None:
    x_train, x_test = fresh_table(30, 4, seed=7), fresh_table(9, 4, seed=8)
    _, together = two_results(answer, x_train, x_test)
    for row in range(len(x_test)):
        _, alone = two_results(answer, x_train, x_test[row : row + 1])
        expect_values(
            f"z_test of sample {row} tested alone",
            np.asarray(alone)[0],
            np.asarray(together)[row],
        )


def _standard_rows(x: np.ndarray) -> np.ndarray:
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)


check_prepare = Exercise(
    item="01.6",
    lecture=LECTURE,
    name="prepare",
    title="A pipeline without a leak",
    reference=prepare,
    properties={
        "the training data have zero mean and unit variance": _normalizes_training_data,
        "the test data are normalized with the training data's statistics": (
            _uses_training_statistics
        ),
        "a patient's values do not depend on who else is tested": _one_sample_at_a_time,
    },
    hints=(
        "Which rows may the two statistics be computed from?",
        "Fit once, on the training data. Then transform both parts with the same offset and scale.",
        """
        def prepare(x_train, x_test):
            offset, scale = fit_standard(...)
            z_train = transform(x_train, ..., ...)
            z_test = transform(x_test, ..., ...)
            return z_train, z_test
        """,
    ),
)
