// A verdict, two buttons, and what they have shown. A button without a label has nothing left.
function button(model, name) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "jupyter-button";
  element.style.cssText = "margin-right:8px;width:auto;padding:0 12px";
  // JupyterLab binds its shortcuts to whatever has the focus; here keys only press the button.
  element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.addEventListener("click", () => model.send({ press: name }));
  const label = () => {
    const had = document.activeElement === element;
    element.textContent = model.get(name);
    element.hidden = !model.get(name);
    element.style.display = element.hidden ? "none" : "";
    if (had && element.hidden) element.parentElement.querySelector("button:not([hidden])")?.focus();
  };
  model.on(`change:${name}`, label);
  label();
  return [element, () => model.off(`change:${name}`, label)];
}

function render({ model, el }) {
  el.classList.add("course-verdict");
  const verdict = document.createElement("div");
  verdict.innerHTML = model.get("verdict");
  const row = document.createElement("div");
  row.style.margin = "4px 0 4px 16px";
  const [hint, endHint] = button(model, "hint");
  const [solution, endSolution] = button(model, "solution");
  row.append(hint, solution);
  const shown = document.createElement("div");
  shown.setAttribute("aria-live", "polite");
  const show = () => {
    for (const html of model.get("shown").slice(shown.children.length)) {
      const note = document.createElement("div");
      note.innerHTML = html;
      shown.append(note);
    }
  };
  model.on("change:shown", show);
  show();
  el.append(verdict, shown, row);
  return () => {
    endHint();
    endSolution();
    model.off("change:shown", show);
  };
}

export default { render };
