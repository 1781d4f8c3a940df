import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for `workshop`


def pytest_collection_modifyitems(items):
    """All are slow: each runs a whole folder of code in a process of its own."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)
