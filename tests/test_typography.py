import pytest

from course_utils.typography import number


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (-1.5, ".4g", "−1.5"),
        (3, ".4g", "3"),
        (2 / 3, ".4g", "0.6667"),
        (-0.0, ".4g", "0"),
        (-1e-17, ".4g", "0"),
        (-0.004, ".2f", "0.00"),
        (2e-7, ".3g", "2e−07"),
        (-12.3456, ".1f", "−12.3"),
    ],
)
def test_a_number_has_a_true_minus_sign_and_a_zero_has_none(value, spec, text):
    assert number(value, spec) == text
