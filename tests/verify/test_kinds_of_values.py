"""What is no array of real numbers is refused with its kind, wherever a class gives it."""

import numpy as np
import pytest
from course_utils.verify import verify_classes

from workshop import build, load

KINDS = {
    "complex": lambda a: a + 5j,
    "text": lambda a: a.astype(str),
    "masked": lambda a: np.ma.masked_array(a, mask=a > 0.5),
}
GIVEN_BY = [("UniformRandom", "initialize"), ("He", "initialize"), ("Xavier", "initialize")]
GIVEN_BY += [("Dropout", "forward"), ("Dropout", "backward"), ("SoftMax", "forward")]


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    return load(build(tmp_path_factory.mktemp("kinds") / "solution"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("part", "method"), GIVEN_BY)
def test_nothing_is_cast(part, method, kind, classes):
    right = classes[part]

    def given(self, *arguments):
        return KINDS[kind](np.asarray(getattr(right, method)(self, *arguments)))

    report = verify_classes({**classes, part: type(part, (right,), {method: given})}, [part])
    assert report.exit_status == 1
    assert kind in report.entries_to_mend[0].difference
