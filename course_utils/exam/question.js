// Runs once for each question shown. The element is not in the page yet when it is rendered, so
// look for the question around it until there is one.
function equip(el, label) {
  const root = el.closest(".course-question");
  if (!root) return false;
  // JupyterLab binds its shortcuts to whatever has the focus, so the mark has to be on that very
  // element, and not on one around it.
  root.addEventListener("focusin", (event) =>
    event.target.setAttribute("data-lm-suppress-shortcuts", "true"),
  );
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  for (const line of root.querySelectorAll(".course-question-status"))
    line.setAttribute("role", "status");
  return true;
}

function render({ model, el }) {
  let frame = 0;
  const look = () => {
    if (!equip(el, model.get("label"))) frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}

export default { render };
