"""A check of code, apart from the tests: each process that judges by it has to import it."""

from course_utils.checks import Exercise, NotRight, expect_values


def double(x: float) -> float:
    return 2 * x


def _zero(answer: object) -> None:
    expect_values("double(0)", answer(0), 0)  # type: ignore[operator]


def _three(answer: object) -> None:
    got = answer(3)  # type: ignore[operator]
    if got == 1.5:
        raise NotRight("double(3) is 1.5, expected 6", "it is *halved*")
    expect_values("double(3)", got, 6)


check_double = Exercise(
    item="00.1",
    lecture="cnns",
    name="double",
    title="Double",
    reference=double,
    properties={"zero": _zero, "three": _three},
    hints=("", "", ""),
)
