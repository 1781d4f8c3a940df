// What the parts of the extension share.

// A line of words and things to press, such as `["Run this cell", run]`; what is code is told so by
// a third part, "code".
export function quietLine(...parts) {
  const node = document.createElement("div");
  node.className = "course-line";
  node.setAttribute("role", "status");
  node.append(...parts.map((part) => (Array.isArray(part) ? button(...part) : part)));
  return node;
}

function button(text, action, kind = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.className = kind;
  made.addEventListener("click", action);
  made.dataset.lmSuppressShortcuts = "true"; // Enter and Space are the button's, not the notebook's
  return made;
}

// Select the cell that shows `node`, and carry out commands of JupyterLab on it, in turn.
export async function atCell(app, panel, node, ...commands) {
  panel.content.activeCellIndex = panel.content.widgets.findIndex((c) => c.node.contains(node));
  for (const command of commands) await app.commands.execute(command);
}
