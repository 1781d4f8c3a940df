import re

import numpy as np

from course_utils.checks import NotRight, attempt


def stub(x):
    # Your code here.
    y = ...
    return y


def uses_a_stub(x):
    return 2 * stub(x)


def half(x):
    y = x + 1
    z = ...
    return y, z


def in_place(x):
    x += 1
    return x


def test_a_result_comes_back_and_the_inputs_stay():
    x = np.zeros(3)
    tried = attempt(in_place, x)
    assert tried
    assert tried.value.tolist() == [1, 1, 1]
    assert x.tolist() == [0, 0, 0]


def test_a_stub_and_what_uses_one_are_not_written_yet():
    assert attempt(stub, 1).note == "not written yet"
    assert attempt(uses_a_stub, 1).note == "stub is not written yet"
    assert attempt(lambda x: uses_a_stub(x), 1).note == "stub is not written yet"
    assert attempt(..., 1).note == "not written yet"
    assert attempt(half, 1).note == "not finished yet"
    assert attempt(lambda x: x.clear(), []).note == "it returns None"


def begun(x):
    print(x.min())
    ...


def begun_and_raises(x):
    ...
    return x.missing


def test_what_fails_half_written_is_not_finished_and_the_lectures_own_line_is_not_blamed():
    x = np.ones(2)
    assert attempt(begun, x).note == "not finished yet"
    assert attempt(lambda x: in_place(*begun(x)), x).note == "begun is not finished yet"
    assert attempt(begun_and_raises, 1).note.startswith("not finished yet: your code raises Attr")
    # one that works with what is there so far is compared
    assert attempt(lambda x: (begun(x), x.sum())[1], x).value == 2


def test_agreement_never_raises():
    assert attempt(lambda x: 2 * x, np.ones(2)).agrees([2, 2])
    assert not attempt(lambda x: "text", 1).agrees([2, 2])
    assert not attempt(lambda x: [1, [2]], 1).agrees([2, 2])
    assert not attempt(stub, 1).agrees(1)
    two = (np.ones(2), 3.0)
    assert attempt(lambda: [[1, 1], 3]).agrees(two)
    assert attempt(lambda: np.ones(2)).agrees((1, 1))
    for wrong in ([[1, 1], 4], [[1, 1]], 3, "ab", [[1, 1], "b"], {"a": 1}):
        assert not attempt(lambda wrong=wrong: wrong).agrees(two)


def test_what_goes_wrong_is_a_note_with_the_line():
    def fails(x):
        return x.missing

    tried = attempt(fails, 1)
    assert not tried
    assert "AttributeError" in tried.note
    assert "return x.missing" in tried.note

    def hangs(x):
        while True:
            pass

    assert re.search(r"stopped after 0\.[14] s", attempt(hangs, 1, limit=0.1).note)


def test_a_result_of_another_shape_becomes_a_note():
    assert attempt(lambda x: [x, x], 1).of_shape((2,)).value.tolist() == [1.0, 1.0]
    assert "has shape (2,), expected (3,)" in attempt(lambda x: [x, x], 1).of_shape((3,)).note
    assert "not an array" in attempt(lambda x: [x, [x]], 1).of_shape((2,)).note
    assert attempt(stub, 1).of_shape((2,)).note == "not written yet"


class Twice:
    def run(self, x):
        return 2 * x


class NotYet:
    def run(self, x): ...


def test_a_class_is_called_as_the_lecture_says_which_may_say_what_it_lacks():
    def use(theirs, x):
        if not hasattr(theirs, "run"):
            raise NotRight("there is no `run`", "write one")
        return theirs().run(x)

    assert attempt(Twice, 3, use=use).value == 6
    assert attempt(NotYet, 3, use=use).note == "not written yet"
    assert attempt(dict, 3, use=use).note == "there is no run: write one"
