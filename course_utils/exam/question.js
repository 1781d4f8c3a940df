// ipywidgets gives a field's tooltip as its title, which is no name for a screen reader; in a table
// and beside a drawing a field has no other.
function nameFields(root) {
  for (const field of root.querySelectorAll(":is(input, select, textarea)[title]:not([aria-label])"))
    if (!field.labels.length || !field.labels[0].textContent.trim())
      field.setAttribute("aria-label", field.title);
}

// Runs once for each question shown. The element is not in the page yet when it is rendered, so
// look for the question around it until there is one.
function equip(el, label) {
  const root = el.closest(".course-question");
  if (!root) return null;
  // JupyterLab binds its shortcuts to whatever has the focus, so the mark has to be on that very
  // element, and not on one around it.
  root.addEventListener("focusin", (event) =>
    event.target.setAttribute("data-lm-suppress-shortcuts", "true"),
  );
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  for (const line of root.querySelectorAll(".course-question-status"))
    line.setAttribute("role", "status");
  nameFields(root);
  const observer = new MutationObserver(() => nameFields(root));
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["title"] });
  return observer;
}

function render({ model, el }) {
  let frame = 0;
  let observer = null;
  const look = () => {
    observer = equip(el, model.get("label"));
    if (!observer) frame = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(frame);
    observer?.disconnect();
  };
}

export default { render };
