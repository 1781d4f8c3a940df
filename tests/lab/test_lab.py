import json
import tomllib

from course_utils import lab
from course_utils.runtime import REPOSITORY

PACKAGE = json.loads((lab.LABEXTENSIONS / lab.NAME / "package.json").read_text())


def test_the_extension_is_described_as_jupyterlab_finds_it():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    folder = lab.LABEXTENSIONS.relative_to(REPOSITORY).as_posix()
    assert wheel["shared-data"] == {folder: "share/jupyter/labextensions"}
    assert PACKAGE["name"] == lab.NAME
    assert PACKAGE["version"] == project["project"]["version"]
    assert (lab.LABEXTENSIONS / lab.NAME / PACKAGE["jupyterlab"]["_build"]["load"]).is_file()


def test_markdown_is_kept_as_text_of_both_kinds():
    kept = lab.Kept()
    kept.put("**x**")
    assert kept.texts == {"text/plain": "**x**", "text/markdown": "**x**"}
