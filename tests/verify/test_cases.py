"""Solutions as students write them get their verdict, each fault in one entry."""

import pytest
from course_utils.verify import Status, verify

from cases import CASES
from workshop import build

OURS = ("course_utils", "probe", "Strict", "Initializer", "journal", "'Layer'", "Foreign")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case, tmp_path):
    folder = build(tmp_path / "solution")
    for name, old, new in case.edits:
        file = folder / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new) if old else new + text)
    report = verify(folder, case.parts)
    mend = {e.key: e for e in report.entries_to_mend}
    said = {
        key: f"{e.quantity}: {e.difference}; {e.cause}; {e.hint}; {e.note}"
        for key, e in mend.items()
    }
    assert tuple(mend) == case.mend, said
    assert report.exit_status == (1 if case.mend else 0)
    if case.mend:
        assert case.words in said[case.mend[0]], said
    for entry in report.entries:
        words = f"{entry.difference} {entry.cause} {entry.hint} {entry.note}"
        assert not any(word in words for word in (*OURS, *case.never)), words
        assert entry.status is not Status.CRASHED or entry.line, entry
