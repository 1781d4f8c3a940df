"""`pytest --room NAME` tries one lecture's room and imports no other."""

from pathlib import Path

import pytest

from tests.lessons import rooms


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--room", help="try this room only, and import no other")


def pytest_configure(config: pytest.Config) -> None:
    rooms.choose(config.getoption("room", None))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the other rooms' own tests; None: let pytest decide."""
    chosen = config.getoption("room", None)
    of_a_room = collection_path.is_dir() and collection_path.parent == Path(__file__).parent
    return True if chosen and of_a_room and collection_path.name != chosen else None
