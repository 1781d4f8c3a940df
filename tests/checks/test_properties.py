import numpy as np
import pytest

from course_utils.checks import (
    NotRight,
    expect_dtype,
    expect_gradient,
    expect_shape,
    expect_values,
    inputs_unchanged,
)

EXPECTED = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def fault(function, *args, **kwargs):
    with pytest.raises(NotRight) as caught:
        function(*args, **kwargs)
    return f"{caught.value.what} | {caught.value.cause}"


def test_values_within_the_tolerance_pass_in_every_container():
    expect_values("z", EXPECTED + 1e-9, EXPECTED)
    expect_values("z", EXPECTED.tolist(), EXPECTED)
    expect_values("z", EXPECTED.astype(np.float32), EXPECTED)


def test_the_first_differing_index_is_named():
    wrong = EXPECTED.copy()
    wrong[0, 2] = 7
    wrong[1, 1] = 0
    assert "z[0, 2] is 7, expected 3" in fault(expect_values, "z", wrong, EXPECTED)


def test_of_what_a_loop_makes_backward_the_first_wrong_value_is_the_last():
    right, steps = np.array([1.0, 2.0, 3.0, 4.0]), [["t = 1", "t = 2", "t = 3", "t = 4"]]
    wrong = right + np.array([5, 0, 5, 0])
    told = fault(expect_values, "dh", wrong, right, names=steps, from_end=True)
    assert "dh (t = 3) is 8, expected 3, the first from the end that is not right" in told
    assert "dw is 1, expected 2 |" in fault(
        expect_values, "dw", 1.0, 2.0, names=steps, from_end=True
    )


def test_numbers_that_look_alike_are_shown_with_the_digits_that_differ():
    assert "0.333333000, expected 0.333333333" in fault(
        expect_values, "z", 0.333333, 1 / 3, 1e-8
    ).replace("0.333333,", "0.333333000,")


def test_the_expected_value_can_be_kept_secret():
    told = fault(expect_values, "z", 2 * EXPECTED, EXPECTED, secret=True)
    assert "6 of 6 values of z are not right; the first is 2 at [0, 0]" in told
    assert "expected" not in told


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (EXPECTED.T, "transposed"),
        (3.0, "all axes were reduced"),
        (None, "no `return`"),
        ("text", "not an array of numbers"),
        ([[1, 2], [3]], "rows differ in length"),
    ],
)
def test_a_wrong_shape_is_told_in_words(got, words):
    assert words in fault(expect_shape, "z", got, EXPECTED.shape)


def test_signs_alone_are_told_only_where_the_sizes_say_something():
    def told(got, expected):
        return "only signs are wrong" in fault(expect_values, "z", got, expected)

    assert told(-EXPECTED, EXPECTED)
    assert told(-0.7, 0.7)
    assert not told([1, 1, -1], [1, -1, -1]), "any classes have the right sizes"
    assert not told(-1, 1)


def test_dtype():
    expect_dtype("z", EXPECTED, np.float64)
    assert "float32" in fault(expect_dtype, "z", EXPECTED.astype(np.float32), np.float64)


def test_a_changed_input_is_named():
    x = EXPECTED.copy()
    with pytest.raises(NotRight, match="`x` was changed"), inputs_unchanged(x=x):
        x += 1
    with inputs_unchanged(x=np.array([np.nan])):
        pass


def test_the_gradient_is_compared_with_central_differences():
    at = np.array([1.0, -2.0, 300.0])
    expect_gradient("dL", 2 * at, lambda x: float(np.sum(x**2)), at)
    assert "dL[0]" in fault(expect_gradient, "dL", at, lambda x: float(np.sum(x**2)), at)


def test_a_place_is_told_in_the_lectures_words_where_it_has_some():
    names = (["sample 1", "sample 2"], ["width", "height"])
    with pytest.raises(NotRight) as caught:
        expect_values("the table", [[1, 2], [3, 5]], np.array([[1, 2], [3, 4]]), names=names)
    assert caught.value.what == "the table (sample 2, height) is 5, expected 4"
