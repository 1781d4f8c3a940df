import json
import re
import sysconfig
import tomllib
from pathlib import Path

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


# What axe-core looks at beside colours: what is there, how large it is, and how it is named.
LAYOUT = re.compile(
    r"(size|width|height|family|weight|padding|margin|display|visibility|position)(?!.*color)"
)


def test_themes_differ_in_colours_alone():
    """So rules about anything else are tried in one theme: `tests.browser.guidelines`."""
    themes = Path(sysconfig.get_path("data"), "share/jupyter/lab/themes/@jupyterlab")
    light, dark = (
        dict(re.findall(r"(--[\w-]+)\s*:\s*([^;}]+)", file.read_text("utf-8")))
        for file in (themes / f"theme-{t}-extension/index.css" for t in ("light", "dark"))
    )
    assert len(light) > 100
    differing = {name for name in light | dark if light.get(name) != dark.get(name)}
    assert [n for n in differing if LAYOUT.search(n) and "scrollbar" not in n] == []

    rules = [
        (selector.strip(), re.findall(r"([\w-]+)\s*:", body))
        for file in (REPOSITORY / "course_utils").rglob("*.css")
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", file.read_text("utf-8"))
    ]
    themed = [rule for rule in rules if re.search(r"theme-light|vscode-dark", rule[0])]
    assert themed
    for selector, properties in themed:
        if ".jp-RenderedImage" not in selector:  # the card round a picture
            assert [name for name in properties if LAYOUT.search(name)] == [], selector
