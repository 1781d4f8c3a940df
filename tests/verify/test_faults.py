"""Each single fault is refused for the right reason, and nothing else is blamed."""

import pytest
from course_utils.verify import Status, verify_classes

from faults import FAULTS
from workshop import build, load


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    made = {}

    def folder(style):
        if style not in made:
            made[style] = build(tmp_path_factory.mktemp(style) / "solution", style)
        return made[style]

    return folder


def test_there_are_enough_and_all_differ():
    assert len(FAULTS) >= 40
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_named(fault, folders):
    file = folders(fault.style) / fault.file
    right = file.read_text()
    assert fault.old in right
    spoilt = right.replace(fault.old, fault.new)
    assert spoilt != right
    file.write_text(spoilt)
    try:
        classes = load(folders(fault.style), [fault.part])
        report = verify_classes(classes, [fault.part])
    finally:
        file.write_text(right)
    refused = [entry for entry in report.entries if not entry.status.good]
    said = {e.key: f"{e.quantity}: {e.difference}; {e.cause}; {e.hint}" for e in refused}
    assert set(said) == set(fault.keys), said
    assert fault.words in said[fault.keys[0]], said
    assert all(e.status in (Status.NOT_MET, Status.CRASHED) for e in refused)
    assert report.exit_status == 1
    assert len(report.entries_to_mend) == 1  # the others follow from it
