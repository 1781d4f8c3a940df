"""What of a page cannot be seen."""

# What a reader would have to move the whole notebook for, or could not reach at all. Code is
# scrolled in its own cell, as everywhere in JupyterLab.
_CUT_OFF = """() => {
    const outer = document.querySelector('.jp-WindowedPanel-outer');
    const edge = outer.getBoundingClientRect().left + outer.clientWidth;
    const scrolls = (e) => e !== outer && outer.contains(e)
        && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    const ours = [...outer.querySelectorAll(
        '.jp-RenderedMarkdown *, .course-output *, .jp-Placeholder *')];
    const beyond = ours.filter((e) =>
        e.checkVisibility() && e.getBoundingClientRect().right > edge + 1 && !scrolls(e));
    // Text that is wider than its place: it runs into its neighbour, or under the edge.
    const text = outer.querySelectorAll(
        '.course-explorer :is(dd, dt, button, .widget-label, .widget-readout)');
    const wide = [...text].filter((e) =>
        e.checkVisibility() && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1);
    return [...[...beyond, ...wide].map((e) => e.outerHTML.slice(0, 100)),
            ...(outer.scrollWidth > outer.clientWidth ? [`scrolled: ${outer.scrollWidth}`] : [])];
}"""


def cut_off(notebook):
    """Return the beginning of every element that is cut off, or whose text is."""
    return notebook.page.evaluate(_CUT_OFF)
