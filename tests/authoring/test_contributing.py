"""The examples in CONTRIBUTING are what `course new-lecture` writes, and its commands exist."""

import re

from typer.testing import CliRunner

from course_utils.authoring import new_lecture
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


def test_the_tags_are_named():
    assert all(f"`{tag}`" in TEXT for tag in TAGS)
