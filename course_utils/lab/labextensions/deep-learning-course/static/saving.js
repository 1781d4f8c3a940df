// Ctrl+S, or Cmd+S, from a field or a slider. Such an element keeps its keys from JupyterLab, so that
// an arrow moves the slider and not the selected cell; the browser then offers to save the page.

const WIDGET = ".jupyter-widgets, [data-lm-suppress-shortcuts]";

export function saveByKey(app) {
  const save = (event) => {
    const { ctrlKey, metaKey, altKey, shiftKey, key, target } = event;
    if (ctrlKey === metaKey || altKey || shiftKey || key.toLowerCase() !== "s") return;
    if (!target.closest(`.jp-Notebook :is(${WIDGET})`)) return; // elsewhere JupyterLab does it
    event.preventDefault();
    event.stopPropagation();
    app.commands.execute("docmanager:save");
  };
  document.addEventListener("keydown", save, true); // text fields stop it on its way up
}
