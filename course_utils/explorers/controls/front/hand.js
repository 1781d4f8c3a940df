// What the front ends of Points, Grid and Play share. Each is this file followed by its own.
//
// The explorer's canvas says on its frame, with every picture, what the picture shows: see
// canvas.js. A value is whole numbers, places in the control's lists of possible values.

const make = (tag, className, attributes = {}, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
};

// JupyterLab takes keys for its shortcuts unless the element that has the focus says not to.
const focusable = (tag, className, attributes = {}, text = "") =>
  make(tag, className, { "data-lm-suppress-shortcuts": "true", ...attributes }, text);

const button = (text, title, act) => {
  const made = focusable("button", "course-hand-button", { type: "button", title }, text);
  if (title) made.setAttribute("aria-label", title);
  made.addEventListener("click", act);
  return made;
};

const clip = (number, low, high) => Math.min(Math.max(number, low), high);

// A row of the explorer's controls: the label, and whatever is appended to `tools`.
function makeRow(el, face) {
  const label = make("label", "widget-label", { title: face.help }, face.label);
  const tools = make("div", "course-hand-tools", { role: "group", "aria-label": face.label });
  el.append(label, tools);
  return tools;
}

// Calls `arrive(frame)` when the widget is on the page together with the frame that holds the
// picture, and what that returned when it leaves for good.
function withPicture(el, arrive) {
  let leave = null;
  let request = 0;
  const look = () => {
    const frame = el.closest(".course-explorer")?.querySelector(".course-explorer-frame");
    if (frame) leave = arrive(frame);
    else request = requestAnimationFrame(look);
  };
  look();
  return () => {
    cancelAnimationFrame(request);
    leave?.();
  };
}

// Listens until the signal of the returned controller is aborted.
function listen(target, events, controller) {
  for (const [name, act] of Object.entries(events)) {
    target.addEventListener(name, act, { signal: controller.signal });
  }
}
