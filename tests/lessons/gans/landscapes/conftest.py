import pytest

from course_utils import runtime


@pytest.fixture
def one_thread():
    with runtime.one_thread():
        yield
