"""What axe-core finds by the Web Content Accessibility Guidelines (AA) and by good practice."""

from axe_playwright_python.sync_playwright import Axe

OURS = ".course-explorer, .course-question, .course-room, .course-prediction, .course-verdict"


def violations(notebook):
    """Return what axe-core finds in both themes, a line for each element.

    Rules about colours are tried in both; what the others look at is the same in any theme, which
    `tests.lab` makes sure of.
    """
    found = []
    assert notebook.page.locator(OURS).count(), "nothing of the course is on the page"
    still = notebook.page.add_style_tag(content="* { transition: none !important }")
    context = {"include": [OURS], "exclude": [".jp-InputArea"]}
    everything = {"resultTypes": ["violations"]}
    colours = everything | {"runOnly": {"type": "tag", "values": ["cat.color"]}}
    for theme, options in (("dark", colours), ("light", everything)):
        notebook.set_theme(theme)
        result = Axe().run(notebook.page, context=context, options=options).response
        found += [
            f"{theme}: {rule['id']}: {rule['help']}: {node['html'][:300]}"
            f" {node['any'][0]['message'] if node['any'] else ''}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
    still.evaluate("style => style.remove()")
    assert result["passes"], "nothing of the course was tried"
    return found


def all_cells(notebook):
    """Have all cells in the page at once, not only those in sight.

    A window as tall as the notebook would do it, too, and be painted anew for each change.
    """
    notebook.page.evaluate(
        """() => {
            const { content } = window.jupyterapp.shell.currentWidget;
            content.notebookConfig = { ...content.notebookConfig, windowingMode: 'none' };
        }"""
    )
    notebook.page.wait_for_timeout(1000)
