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


def test_a_box_leaves_the_text_that_was_kept_last():
    box = lab.KeptBox([])
    box.keep("*x*")
    box.keep("**x**")
    texts = {"text/plain": "**x**", "text/markdown": "**x**"}
    bundle = box._repr_mimebundle_()
    assert texts.items() <= bundle.items()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    box.keep("**x**", "x")
    assert box._repr_mimebundle_()["text/plain"] == "x"
