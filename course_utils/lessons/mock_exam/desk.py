"""What lies on the desk of the mock exam: the sheet of notes, and the exam itself."""

from course_utils.exam.papers.sheet_of_notes_widget import SheetOfNotesWidget
from course_utils.exam.room import ExamRoom, Place
from course_utils.lessons.room import all_items, link, modules, room, written


def sheet_of_notes() -> SheetOfNotesWidget:
    """Return a widget that composes a sheet of notes of all lectures; put it last in a cell."""
    return SheetOfNotesWidget(modules("formulas"))


def exam_room() -> ExamRoom:
    """Return the exam room; put it last in a cell."""
    held = all_items()
    return ExamRoom(held, {id_: _place(id_, item.entry.lecture) for id_, item in held.items()})


def _place(item: str, lecture: str) -> Place:
    """Return where an item is taught, as seen from the exam room's notebook."""
    known = room(lecture)
    stem = written().get(lecture, "")
    coverage = known.items.get(item)
    section = coverage.section if coverage else ""
    return Place(
        lecture=f"{stem[:2]} {known.title}".strip(),
        href=link(stem, section) if stem else "",
        section=section,
        explorer=coverage.explorer if coverage else "",
    )
