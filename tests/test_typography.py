import ast

import pytest

from course_utils.runtime import REPOSITORY
from course_utils.typography import number, power_of_ten, raised


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


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2e8, 2, "2 · 10⁸"),
        (0.1, 2, "10⁻¹"),
        (1.04e-3, 2, "10⁻³"),
        (1.96e-16, 1, "2 · 10⁻¹⁶"),
        (-2.5e-7, 2, "−2.5 · 10⁻⁷"),
        (0.0, 1, "0"),
    ],
)
def test_a_power_of_ten_has_raised_digits(value, digits, text):
    assert power_of_ten(value, digits) == text


@pytest.mark.parametrize(
    ("exponent", "spec", "text"), [(-12, ".0f", "⁻¹²"), (0, ".0f", "⁰"), (-1.54, ".1f", "⁻¹·⁵")]
)
def test_an_exponent_stands_in_superscript_digits(exponent, spec, text):
    assert raised(exponent, spec) == text


def test_nothing_else_puts_minus_signs_into_numbers():
    """Numbers are written in one place, or two of them will differ at a zero."""
    elsewhere = []
    for file in sorted((REPOSITORY / "course_utils").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".replace")
            if called and [getattr(each, "value", None) for each in node.args] == ["-", "−"]:
                elsewhere.append(file.name)
    assert elsewhere == ["typography.py"]
