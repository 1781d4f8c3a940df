"""The examples in CONTRIBUTING are what `course new-lecture` writes, and its commands exist."""

import re
import shutil
from functools import partial

from typer.testing import CliRunner

from course_utils import authoring
from course_utils.authoring import find_lectures, new_lecture
from course_utils.authoring.layout import TAGS
from course_utils.cli import app
from course_utils.runtime import REPOSITORY

TEXT = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_examples_are_what_new_lecture_writes(course):
    files = new_lecture("15-averages", course("# A"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    section = TEXT.split("### The smallest example of each")[1].split("###")[0]
    blocks = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(blocks) >= 7
    for block in blocks:
        assert block in code


def test_the_commands_exist():
    commands = set(re.findall(r"^course ([a-z-]+(?: [a-z]+)?)", TEXT, re.MULTILINE))
    assert len(commands) >= 4
    for command in commands:
        words = command.split()
        group = words if words[0] in ("exam", "bench") else words[:1]
        assert CliRunner().invoke(app, [*group, "--help"]).exit_code == 0, command


def test_the_commands_that_begin_a_lecture_begin_one_and_act_on_it(course, monkeypatch):
    root = course("# A", stem="99-toy")
    for source in (REPOSITORY / "solutions").glob("*.md"):
        shutil.copy(source, root / "solutions")
    block = TEXT.split("## Writing a lecture")[1].split("```")[1]
    (name,) = re.findall(r"^course new-lecture (\S+)", block, re.MULTILINE)
    monkeypatch.setattr(authoring, "new_lecture", partial(new_lecture, root=root))
    monkeypatch.setattr(authoring, "REPOSITORY", root)
    began = CliRunner().invoke(app, ["new-lecture", name])
    assert began.exit_code == 0, began.output
    (lecture,) = find_lectures([name], root)
    assert began.output.startswith(f"solutions/{lecture.stem}.md\n")
    acts_on = re.findall(r"^course (?:try|build) (\S+)", block, re.MULTILINE)
    assert acts_on == [name] * 4
    questions = (root / "course_utils" / "lessons" / lecture.room / "questions.py").read_text(
        "utf-8"
    )
    (asked,) = re.findall(r"^course exam show (\S+)", block, re.MULTILINE)
    assert f'"{asked}"' in questions
    tests = TEXT.split("One lecture's tests, all but")[1].split("```")[1]
    assert set(re.findall(r"\d\d-[a-z-]+", tests)) == {lecture.stem}
    assert f"-k {lecture.room}\n" in tests


def test_the_tags_are_named():
    assert all(f"`{tag}`" in TEXT for tag in TAGS)
