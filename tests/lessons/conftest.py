"""`pytest --room NAME` tries one lecture's room and imports no other."""

from pathlib import Path

import pytest

from course_utils import figures
from course_utils.explorers import contact_sheet
from tests.lessons import rooms

_DRAWN: dict = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--room", help="try this room only, and import no other")


def pytest_configure(config: pytest.Config) -> None:
    rooms.choose(config.getoption("room", None))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the other rooms' own tests; None: let pytest decide."""
    chosen = config.getoption("room", None)
    of_a_room = collection_path.is_dir() and collection_path.parent == Path(__file__).parent
    return True if chosen and of_a_room and collection_path.name != chosen else None


@pytest.fixture
def no_pictures_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw all figures and snapshots, and make no files of them: any picture can be packed."""

    def drawn(figure):
        figure.canvas.draw()
        return b""

    def shown(specification, stage):
        for data in specification.snapshot_data:
            stage.show(data)
        return b""

    monkeypatch.setattr(figures, "_png", drawn)
    monkeypatch.setattr(contact_sheet, "picture", shown)


@pytest.fixture
def sheets_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no contact sheet twice that says the same.

    Most wrong answers leave an explorer in the same few states, and a sheet takes half a second.
    """
    draw = contact_sheet.bundle

    def bundle(specification, model):
        state = (specification.draw, contact_sheet.summary(specification))
        if state not in _DRAWN:
            _DRAWN[state] = draw(specification, model)
        return _DRAWN[state]

    monkeypatch.setattr(contact_sheet, "bundle", bundle)
