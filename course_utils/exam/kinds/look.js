// Tab indents by four spaces and Enter keeps the indentation; Escape, then Tab, leaves the field.
function codeField(area) {
  if (area.dataset.equipped) return;
  area.dataset.equipped = "yes";
  for (const [name, value] of [["spellcheck", "false"], ["autocapitalize", "off"], ["autocorrect", "off"], ["wrap", "off"]])
    area.setAttribute(name, value);
  area.setAttribute("aria-label", `${area.title || "Your code"}. Escape, then Tab, leaves the field.`);
  let leaving = false;
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leaving = true;
      return;
    }
    const before = area.value.slice(0, area.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (event.key === "Tab" && !leaving && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      insert(area, " ".repeat(4 - (line.length % 4)));
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const indent = line.match(/^ */)[0];
      insert(area, "\n" + indent + (/:\s*$/.test(line) ? "    " : ""));
    } else if (event.key === "Backspace" && area.selectionStart === area.selectionEnd && /^( {4})+$/.test(line)) {
      event.preventDefault();
      area.setSelectionRange(before.length - 4, before.length);
      document.execCommand("delete");
    }
    if (event.key !== "Tab") leaving = false;
  });
  const gutter = document.createElement("pre");
  gutter.className = "course-question-gutter";
  gutter.setAttribute("aria-hidden", "true");
  area.before(gutter);
  const number = () => {
    const lines = area.value.split("\n").length;
    gutter.textContent = Array.from({ length: lines }, (_, i) => i + 1).join("\n");
    area.rows = Math.min(40, Math.max(8, lines + 1));
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("input", number);
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
  number();
  // The kernel may put a kept text in later, which raises no event.
  const timer = setInterval(() => {
    if (!area.isConnected) clearInterval(timer);
    else if (area.value !== area.dataset.seen) { area.dataset.seen = area.value; number(); }
  }, 300);
}

// One entry in the browser's own undo history, and one input event, which ipywidgets listens to.
function insert(area, text) {
  area.focus();
  document.execCommand("insertText", false, text);
}

// The arrow keys walk through the lines of a listing.
function listing(root) {
  if (root.dataset.equipped) return;
  root.dataset.equipped = "yes";
  root.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.target.type !== "checkbox") return;
    const boxes = [...root.querySelectorAll("input[type=checkbox]")];
    boxes[boxes.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  });
}

// The other widgets of the question may come into the page after this one: look for a second.
function render({ el }) {
  let frame = 0;
  let left = 60;
  const look = () => {
    const root = el.closest(".course-question-parts");
    root?.querySelectorAll(".course-question-source textarea").forEach(codeField);
    root?.querySelectorAll(".course-question-program").forEach(listing);
    if (left--) frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}

export default { render };
