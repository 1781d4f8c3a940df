// The canvas of an explorer. Pictures arrive as PNG bytes, are decoded off to the side and drawn in
// the order of arrival, each in one go, so that nothing ever blinks or goes back in time.

const ROOT = ".course-explorer";

const isDark = () =>
  document.body.dataset.jpThemeLight === "false" ||
  document.body.classList.contains("vscode-dark");

const element = (tag, className, attributes = {}) => {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

// ipywidgets gives its sliders no accessible name, and JupyterLab takes keys for shortcuts
// (b inserts a cell, arrows move the selection) wherever it is not told not to.
function makeAccessible(root, title) {
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", title);
  for (const row of root.querySelectorAll(".widget-slider")) {
    const handle = row.querySelector(".noUi-handle");
    const readout = row.querySelector(".widget-readout");
    if (!handle || !readout) continue;
    handle.setAttribute("aria-label", row.querySelector(".widget-label").textContent);
    handle.setAttribute("aria-valuetext", readout.textContent);
  }
  for (const row of root.querySelectorAll(".widget-radio, .widget-dropdown")) {
    const group = row.querySelector(".widget-radio-box, select");
    if (!group) continue;
    if (group.tagName !== "SELECT") group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", row.querySelector(".widget-label").textContent);
  }
}

function render({ model, el }) {
  const width = model.get("width");
  const height = model.get("height");
  const title = model.get("title");

  el.classList.add("course-explorer-picture");
  const frame = element("div", "course-explorer-frame");
  frame.style.maxWidth = `${width}px`;
  const canvas = element("canvas", "course-explorer-canvas", { role: "img", "aria-label": title });
  canvas.style.aspectRatio = `${width} / ${height}`;
  const alert = element("div", "course-explorer-alert", { role: "alert" });
  alert.hidden = true;
  const computing = element("div", "course-explorer-computing", { role: "status" });
  const description = element("p", "course-explorer-description", { "aria-live": "polite" });
  frame.append(canvas, computing);
  el.append(frame, alert, description);
  const context = canvas.getContext("2d", { alpha: false });

  // --- what the kernel sends -------------------------------------------------------------------
  let drawn = Promise.resolve(); // settles when all pictures that arrived so far are drawn
  let count = 0;

  const setComputing = (state) => {
    el.classList.toggle("is-computing", state); // shown only after 100 ms: see the style sheet
    computing.textContent = state ? "computing …" : "";
  };

  const show = (message, bitmap) => {
    if (bitmap) {
      if (canvas.width !== message.width || canvas.height !== message.height) {
        canvas.width = message.width;
        canvas.height = message.height;
      }
      context.drawImage(bitmap, message.x, message.y);
      bitmap.close();
    }
    setComputing(false);
    el.classList.remove("is-wrong");
    alert.hidden = true;
    alert.textContent = "";
    description.textContent = message.description;
    canvas.setAttribute("aria-label", `${title}: ${message.description}`);
    canvas.dataset.frames = String(++count);
  };

  const receive = (message, buffers) => {
    let ready = Promise.resolve(null);
    if (message.kind === "frame" && buffers.length) {
      ready = createImageBitmap(new Blob([buffers[0]], { type: "image/png" }));
    }
    drawn = drawn
      .then(() => ready)
      .then((bitmap) => {
        if (message.kind === "frame") show(message, bitmap);
        if (message.kind === "computing") setComputing(true);
        if (message.kind === "error") {
          setComputing(false);
          el.classList.add("is-wrong");
          alert.textContent = message.text;
          alert.hidden = false;
        }
      })
      .catch((error) => console.error("explorer: a picture could not be shown", error));
  };
  model.on("msg:custom", receive);

  // --- what the kernel must know ---------------------------------------------------------------
  let told = "";
  const tellLook = () => {
    const look = {
      kind: "look",
      theme: isDark() ? "dark" : "light",
      ratio: Math.min(window.devicePixelRatio || 1, 2),
    };
    if (JSON.stringify(look) === told) return;
    told = JSON.stringify(look);
    model.send(look);
  };
  const themeObserver = new MutationObserver(tellLook);
  themeObserver.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  window.addEventListener("resize", tellLook); // browsers fire it when the zoom changes
  tellLook();

  // --- the widgets around the canvas -----------------------------------------------------------
  let root = null;
  const widgetObserver = new MutationObserver(() => makeAccessible(root, title));
  const sizeObserver = new ResizeObserver(() => {
    const found = el.closest(ROOT);
    if (!found || found === root) return;
    root = found;
    root.style.setProperty("--course-readout", `${model.get("readout") + 1}ch`);
    makeAccessible(root, title);
    widgetObserver.observe(root, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["aria-valuenow"],
    });
  });
  sizeObserver.observe(el);

  return () => {
    model.off("msg:custom", receive);
    window.removeEventListener("resize", tellLook);
    for (const observer of [themeObserver, widgetObserver, sizeObserver]) observer.disconnect();
  };
}

export default { render };
