import pytest

from course_utils.authoring.claims.printed import ranges
from course_utils.typography import power_of_ten

OWN = "accuracy   0.65\nsteps 68\N{NO-BREAK SPACE}000, rate 1e-3\nall the same: 3\n"
OTHERS = [
    "accuracy 0.7\nsteps 9\N{NO-BREAK SPACE}100, rate 1e-3\nall the same: 3\n",
    "accuracy 0.61\nsteps 110\N{NO-BREAK SPACE}000, rate 1e-3\nall the same: 3\n",
]


def test_a_number_has_the_range_that_other_seeds_give_as_it_was_printed():
    lines = [str(line) for line in ranges(OWN, OTHERS)]
    assert lines == [
        "accuracy 0.65 [0.61 … 0.7]",
        "steps 68\N{NO-BREAK SPACE}000 [9\N{NO-BREAK SPACE}100 … 110\N{NO-BREAK SPACE}000],"
        " rate 1e-3",
    ]


def test_numbers_are_compared_by_what_they_are_worth_however_they_are_written():
    thin = "\N{NARROW NO-BREAK SPACE}"
    own = f"{power_of_ten(3e-16)} of 12{thin}000, −10⁻³"
    others = [f"{power_of_ten(2e-5)} of 9{thin}000, −10⁻⁴", f"10⁻¹⁶ of 1{thin}000{thin}000, −0.1"]
    (line,) = ranges(own, others)
    assert str(line) == (
        f"3 · 10⁻¹⁶ [10⁻¹⁶ … 2 · 10⁻⁵] of 12{thin}000 [9{thin}000 … 1{thin}000{thin}000],"
        " −10⁻³ [−0.1 … −10⁻⁴]"
    )


def test_what_does_not_vary_is_not_listed():
    assert ranges(OWN, [OWN, OWN]) == []
    assert ranges("", ["", ""]) == []


def test_a_line_that_reads_otherwise_does_not_move_the_others():
    own = "first 1\nit agrees\nlast 2"
    other = "first 1\nit does not agree\nbecause of 7\nlast 5"
    disagrees, last = ranges(own, [other, own])
    assert (disagrees.text, disagrees.others) == ("it agrees", 1)
    assert str(last) == "last 2 [2 … 5]"
    assert last.others == 0


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("−0.5 and -3", ["−0.5", "-3"]),
        ("1.2e+08 to 3.e-9", ["1.2e+08", "3.e-9"]),
        ("[[ 1. -1.]", ["1.", "-1."]),
        ("x1 is 2.5, item 1.1.", ["2.5", "1.1"]),
        ("123 456", ["123", "456"]),
        (
            "12\N{NARROW NO-BREAK SPACE}000.5 and 3·10⁸",
            ["12\N{NARROW NO-BREAK SPACE}000.5", "3·10⁸"],
        ),
        ("−10⁻³, 1.5 × 10⁻¹² m², 6 · 10", ["−10⁻³", "1.5 × 10⁻¹²", "6", "10"]),
        ("a loss of 1e−16", ["1e−16"]),
        ("(1) 93 % of v0.3", ["1", "93"]),
    ],
)
def test_what_is_read_as_a_number(text, numbers):
    (line,) = ranges(text, ["something else"])
    assert [number.printed for number in line.numbers] == numbers
