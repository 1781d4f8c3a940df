import math
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course_utils.exam import NumberTypedError, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("−0.5", -0.5),
        ("–2", -2),
        ("1/2", 0.5),
        ("-1/2", -0.5),
        ("1/-2", -0.5),
        (" 3 ", 3),
        ("\u00a03\u2009", 3),
        ("+4", 4),
        ("- 0.5", -0.5),
        ("1 / 4", 0.25),
        ("1⁄4", 0.25),
        ("1e3", 1000),
        ("2,5E-1", 0.25),
        (".5", 0.5),
        ("5.", 5),
        ("0,125", 0.125),
        ("1.234", 1.234),
        ("−１，５", -1.5),
        ("٣", 3),
        ("०.५", 0.5),
        ("0", 0),
        ("0e5", 0),
        ("½", 0.5),
        ("¼", 0.25),
        ("-¾", -0.75),
        ("− ⅓", -1 / 3),
        ("⅘", 0.8),
        ("↉", 0),
        ("(1/2)", 0.5),
        ("(-0,5)", -0.5),
        ("[ ½ ]", 0.5),
        ("½/2", 0.25),
        ("1/½", 2),
        ("((1))", 1),
        ("-(1/2)", -0.5),
        ("(−1)/2", -0.5),
        ("1/(−2)", -0.5),
        ("-(-1)", 1),
        ("—1", -1),
        ("— 1", -1),
        ("3½", 3.5),
        ("−12 ¼", -12.25),
        ("-(3½)", -3.5),
        ("1 1/2", 1.5),
        ("- 1 1/2", -1.5),
        ("1'000", 1000),
        ("1’234’567,5", 1234567.5),
        ("10^-3", 1e-3),
        ("10**(-2)", 1e-2),
        ("2·10⁻³", 2e-3),
        ("1,5 × 10^2", 150),
        ("12\u202f000", 12000),
        ("−1\u00a0234\u2009567,5", -1234567.5),
        ("1٬000", 1000),
        ("1÷4", 0.25),
        (r"$0.5$", 0.5),
        (r"\frac{1}{2}", 0.5),
        (r"$-\tfrac12$", -0.5),
        (r"\(2 \cdot 10^{-3}\)", 2e-3),
        (r"12\,000", 12000),
        (r"0{,}5", 0.5),
        (r"\frac{1{,}5}{3}", 0.5),
        (r"3\frac12", 3.5),
        (r"-1\tfrac{3}{4}", -1.75),
        (r"\left(\frac12\right)", 0.5),
        (r"-\,0.5", -0.5),
        ("1‘000", 1000),
        ("1´000", 1000),
        ("1′234′567", 1234567),
        ("{1/2}", 0.5),
        ("¹⁄₂", 0.5),
        ("3¹/₂", 3.5),
        ("\ufeff1.5", 1.5),
        ("3\ufe0f", 3),
        ("\u200e−1.5\u200b", -1.5),
        ("\u20661,5\u2069", 1.5),
    ],
)
def test_what_students_type_for_a_number_is_read(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "type a number such as"),
        ("  ", "type a number such as"),
        ("abc", "not a number"),
        ("nan", "not a finite number"),
        ("-inf", "not a finite number"),
        ("∞", "not a finite number"),
        ("1/0", "lower number is not 0"),
        ("0/0", "lower number is not 0"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234", "type 1234 or 1.234"),
        ("-12,345/2", "type 12345 or 12.345"),
        ("1,234,567", "several ways"),
        ("1..5", "several ways"),
        ("0.333...", "leaves digits open: type a fraction, such as 1/3"),
        ("-0,66…", "leaves digits open"),
        ("0.3\u0305", "leaves digits open"),
        ("0.1(6)", "leaves digits open"),
        ("2(3)", "not a number"),
        ("50 %", "is in percent"),
        ("50 percent", "0.5 for 50 %"),  # and not: type it without the unit, 50
        ("50 Prozent", "0.5 for 50 %"),
        ("5 ‰", "0.005 for 5 ‰"),
        ("5k", "in full"),  # and not: type it without the unit, 5
        ("2 Mio.", "in full"),
        ("3 million", "in full"),
        (r"1{,}000", "type 1000 or 1.000"),
        ("1 2/3/4", "one fraction"),
        ("1//2", "one fraction"),
        ("1e-300/1e300", "too close to zero"),
        ("1/", "ends in a sign"),
        ("5 –", "ends in a sign"),
        ("/2", "begins with a sign"),
        ("ln 2", "still to be computed"),
        ("3\u20624", "not a number"),  # an invisible sign for a product
        ("\u202e12", "not a number"),  # is shown as 21
        ("\u00ad5", "not a number"),  # a hyphen that may be a minus sign
        ("0.5; 1", "several numbers"),
        ("0.5 or 1", "several numbers"),
        ("0.1 0.2", "several numbers"),  # and not: type it without the space
        ("0.5 ± 0.1", "several numbers"),
        ("“0.5”", "quotation marks"),
        ("minus 5", "has a word in it"),
        ("5 cm²", "without the unit, 5"),
        ("3 km/h", "without the unit, 3"),
        ("30°", "without the unit, 30"),
        ("½3", "can be read in several ways"),
        ("1 000", "space between its digits"),
        ("1/2/3", "one fraction"),
        ("9" * 10_000, "longer"),
        (" " * 10_000, "longer"),
        ("1e999", "too large"),
        ("1e300/1e-300", "too large"),
        ("1e-999", "type 0"),
        ("__import__('os').system('true')", "not a number"),
        ("2**9", "still to be computed"),
        ("5 − 2", "still to be computed"),
        ("sqrt(2)", "still to be computed"),
        ("2π", "still to be computed"),
        ("e^-3", "still to be computed"),
        ("1:2", "type / for a division"),
        ("±1", "more than one sign"),
        ("1\u3000000", "'1 000' has a space between its digits"),
        (r"\sin 1", "still to be computed"),
        ("0x10", "not a number"),
        ("1_000", "an underscore between its digits"),
        ("0.5 .", "ends in a dot or a comma: take it away"),
        ("0.50.", "ends in a dot or a comma: take it away"),
        ("1 e3", "space beside its exponent"),
        ("1e -3", "space beside its exponent"),
        ("1 000/3", "several ways"),  # a third of a thousand, or one and no thirds
        ("12 345/67890", "several ways"),
        ("- 1 500/2000", "several ways"),
        ("1 05/10", "several ways"),
        ("1 0/3", "several ways"),
        ("1.5 1/2", "several ways"),
        ("1 1/2e3", "several ways"),
        ("1'000 1/2", "several ways"),
        ("1'000½", "several ways"),
        ("1,000'000", "several ways"),  # and not: take the apostrophe away
        ("1.5'000", "several ways"),
        ("2²", "still to be computed"),
        ("1.5½", "several ways"),
        ("110^2", "still to be computed"),
        ("210⁻³", "still to be computed"),
        ("1'00", "does not part thousands"),
        ("1 3/2", "can be read in several ways"),
        ("1 2/0", "can be read in several ways"),
        (".", "has no digit"),
        ("−", "has no digit"),
        ("x = 0.5", "on the right of the sign"),
        ("(1", "without its other half"),
        ("1)", "without its other half"),
        ("()", "Nothing is typed"),
        ("0.5 µl", "type it without the unit, 0.5"),
        ("-1,5ml", "type it without the unit, -1,5"),
        ("1/2 mm", "type it without the unit, 1/2"),
        ("--1", "more than one sign"),
        ("1e", "not a number"),
        ("1\x00", "not a number"),
        ("1j", "without the unit"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str, advice: str) -> None:
    with pytest.raises(NumberTypedError) as caught:
        parse_number(text)
    message = str(caught.value)
    assert advice in message
    assert message.endswith(".")
    assert message.isprintable()
    assert len(message) < 200


_NUMERIC = st.text("0123456789.,/-−—+eE %٣５½⅓()['^*·⁻³l \u00a0\x00∞", max_size=50)


@settings(max_examples=4000)
@given(st.one_of(st.text(max_size=200), _NUMERIC))
@example("1/" * 20)
@example("1e" + "9" * 30)
@example("\ud800")
def test_no_text_raises_anything_else_or_gives_no_number(text: str) -> None:
    try:
        value = parse_number(text)
    except NumberTypedError:
        return
    assert math.isfinite(value)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
@example(5e-324)
def test_what_python_prints_is_read_back_exactly(value: float) -> None:
    assert parse_number(repr(value)) == value
    if not repr(abs(value)).startswith("0."):
        return
    assert parse_number(repr(value).replace(".", ",").replace("-", "−")) == value


def test_a_hostile_text_takes_no_time() -> None:
    began = time.perf_counter()
    for text in ("9" * 10**6, "1/" * 10**6, "(" * 10**6, "1e" + "9" * 37, "." * 40, "1," * 20):
        with pytest.raises(NumberTypedError):
            parse_number(text)
    assert time.perf_counter() - began < 0.5
