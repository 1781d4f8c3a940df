// The canvas of an explorer. Pictures arrive as bytes, are decoded off to the side where they must be
// and drawn in the order of arrival, each in one go, so that nothing ever blinks or goes back in time.

const ROOT = ".course-explorer";
const REST = 120; // ms without a new picture until the sharp one is asked for
const LEAST = 0.55; // share of its size below which a figure is scrolled, not shrunk: text stays legible
const PATIENCE = 5000; // ms that a press waits for moves which the kernel does not take
const SETS = ["header", "presets"].map((part) => `.course-explorer-${part} .widget-button`).join();
const FOCUSABLE = "button, input, select, summary, [tabindex]";

const isDark = () =>
  document.body.dataset.jpThemeLight === "false" ||
  document.body.classList.contains("vscode-dark");

const element = (tag, className, attributes = {}) => {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

// ipywidgets gives its sliders no accessible name, and its radio buttons belong to no group, so that
// arrow keys do not move between them. JupyterLab takes keys for shortcuts (b inserts a cell, arrows
// move the selection) unless the very element that has the focus says not to.
function makeAccessible(root, title) {
  for (const each of [root, ...root.querySelectorAll(FOCUSABLE)]) {
    each.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  root.setAttribute("role", "group");
  const presets = root.querySelector(".course-explorer-presets");
  presets?.setAttribute("role", "group");
  presets?.setAttribute("aria-label", "Try");
  root.setAttribute("aria-label", title);
  for (const row of root.querySelectorAll(".widget-slider")) {
    const handle = row.querySelector(".noUi-handle");
    const readout = row.querySelector(".widget-readout");
    if (!handle || !readout) continue;
    readout.setAttribute("contenteditable", "false"); // what is typed there would have no effect
    handle.setAttribute("aria-label", row.querySelector(".widget-label").textContent);
    handle.setAttribute("aria-valuetext", readout.textContent);
  }
  for (const row of root.querySelectorAll(".widget-radio, .widget-dropdown")) {
    const group = row.querySelector(".widget-radio-box, select");
    if (!group) continue;
    group.setAttribute("aria-label", row.querySelector(".widget-label").textContent);
    if (group.tagName === "SELECT") continue;
    group.setAttribute("role", "radiogroup");
    const buttons = group.querySelectorAll("input");
    const name = buttons[0]?.name || `course-explorer-${Math.random().toString(36).slice(2)}`;
    for (const button of buttons) button.name = name;
  }
}

// The column of the numbers is as wide as the widest of them, so that nothing moves with a slider.
function reserveReadout(root, longest) {
  const readout = root.querySelector(".widget-readout");
  if (!readout || root.style.getPropertyValue("--course-readout")) return;
  const context = document.createElement("canvas").getContext("2d");
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(readout);
  context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const width = Math.ceil(Math.max(...longest.map((text) => context.measureText(text).width)));
  root.style.setProperty("--course-readout", `${width + 4}px`);
}

// Labels stay, values change: elements are made once. What is longer is shown smaller.
const LONG = 9; // characters
function showNumbers(list, numbers) {
  while (list.children.length > numbers.length) list.lastChild.remove();
  numbers.forEach(([label, value], place) => {
    if (!list.children[place]) {
      const pair = element("div", "course-explorer-number");
      pair.append(element("dt", ""), element("dd", ""));
      list.append(pair);
    }
    const [dt, dd] = list.children[place].children;
    if (dt.textContent !== label) dt.textContent = label;
    if (dd.textContent !== value) dd.textContent = value;
    dd.classList.toggle("is-long", value.length > LONG);
  });
}

function render({ model, el }) {
  const width = model.get("width");
  const height = model.get("height");
  const title = model.get("title");

  el.classList.add("course-explorer-picture");
  el.setAttribute("aria-busy", "true"); // until there is a picture, or a reason why there is none
  const frame = element("div", "course-explorer-frame");
  frame.style.maxWidth = `${width}px`;
  frame.style.minWidth = `${Math.round(LEAST * width)}px`;
  const canvas = element("canvas", "course-explorer-canvas", { role: "img", "aria-label": title });
  canvas.style.aspectRatio = `${width} / ${height}`;
  const alert = element("div", "course-explorer-alert", { role: "alert" });
  alert.hidden = true;
  const computing = element("div", "course-explorer-computing", { role: "status" });
  const description = element("p", "course-explorer-description", { "aria-live": "polite" });
  const note = element("p", "course-explorer-note", { role: "status" });
  const scroller = element("div", "course-explorer-scroller");
  const numbers = element("dl", "course-explorer-numbers");
  frame.append(canvas, computing);
  scroller.append(frame);
  el.append(numbers, scroller, alert, description, note);
  const surface = new Surface(canvas);

  // --- what the kernel sends -------------------------------------------------------------------
  let drawn = Promise.resolve(); // settles when all pictures that arrived so far are drawn
  let waiting = 0; // how many messages are not dealt with yet, and whether a sharp picture is due
  let due = 0; // the timer after which it is asked for
  let coarse = false;
  let count = 0;

  const wait = (more) => {
    el.dataset.waiting = String((waiting += more));
  };

  const send = (message) => {
    try {
      model.send(message);
    } catch {
      // The kernel is gone; the course's extension says so below the output.
    }
  };

  const restSoon = (state) => {
    clearTimeout(due);
    if (state) due = setTimeout(send, REST, { kind: "rest" });
    if (state !== coarse) wait(state ? +1 : -1);
    coarse = state;
  };

  const setComputing = (state) => {
    el.classList.toggle("is-computing", state); // shown only after 100 ms: see the style sheet
    computing.textContent = state ? "computing …" : "";
  };

  const show = (message, bitmap, buffers) => {
    if (buffers.length) surface.draw(message, bitmap, buffers);
    restSoon(message.coarse);
    setComputing(false);
    el.classList.remove("is-wrong");
    alert.hidden = true;
    alert.textContent = "";
    description.textContent = message.description;
    showNumbers(numbers, message.numbers);
    note.textContent = message.note;
    canvas.setAttribute("aria-label", `${title}: ${message.description}`);
    canvas.dataset.coarse = String(message.coarse);
    canvas.dataset.frames = String(++count);
    // for the controls that lie on the picture or wait for it: see controls/front/hand.js
    frame.courseHands = message.hands;
    frame.dispatchEvent(new CustomEvent("course-picture"));
  };

  const receive = (message, buffers) => {
    wait(+1);
    const ready = message.kind === "frame" && buffers.length && surface.prepare(message, buffers);
    drawn = drawn
      .then(() => ready)
      .then((bitmap) => {
        if (message.kind === "frame") show(message, bitmap, buffers);
        if (message.kind === "computing") {
          setComputing(true);
          restSoon(false); // a newer picture is on its way
        }
        if (message.kind === "error") {
          setComputing(false);
          restSoon(false);
          el.classList.add("is-wrong");
          alert.textContent = message.text;
          alert.hidden = false;
          frame.dispatchEvent(new CustomEvent("course-error"));
        }
      })
      .then(() => message.kind !== "computing" && el.removeAttribute("aria-busy"))
      .catch((error) => console.error("explorer: a picture could not be shown", error))
      .finally(() => wait(-1));
  };
  model.on("msg:custom", receive);

  // --- what the kernel must know ---------------------------------------------------------------
  let told = "";
  let later = 0;
  let shown = 0; // the picture's width in CSS pixels when it was last to be seen
  const tellLook = () => {
    shown = frame.clientWidth || shown; // it is 0 while JupyterLab changes its theme
    if (!shown) return;
    const ratio = (window.devicePixelRatio || 1) * (shown / width);
    const look = { kind: "look", theme: isDark() ? "dark" : "light", ratio };
    if (JSON.stringify(look) === told) return;
    told = JSON.stringify(look);
    send(look);
  };
  const tellLookSoon = () => {
    clearTimeout(later);
    later = setTimeout(tellLook, told ? 150 : 0); // once, when a window has got its new size
  };
  const themeObserver = new MutationObserver(tellLook);
  themeObserver.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-light", "class"],
  });
  window.addEventListener("resize", tellLookSoon); // browsers fire it when the zoom changes, too

  // ipywidgets holds a move back while the one before it is on its way, but no press of a button,
  // and the kernel may answer the two in different threads: Reset would be undone by a move before
  // it. So a press waits until the moves are answered.
  let controls = [];
  Promise.all(model.get("controls").map((id) => model.widget_manager?.get_model(id))).then(
    (found) => (controls = found.filter(Boolean)),
    () => {}, // a page that holds no kernel
  );
  const isHeld = () => controls.some((control) => control._pending_msgs > 0);
  let passing = false;
  const pressInTurn = (event) => {
    const button = event.target.closest(SETS);
    if (passing || !button || !isHeld()) return;
    event.stopImmediatePropagation();
    wait(+1);
    const end = performance.now() + PATIENCE;
    const pass = () => {
      if (isHeld() && performance.now() < end) return setTimeout(pass, 10);
      passing = true;
      button.click();
      passing = false;
      wait(-1);
    };
    pass();
  };

  // --- the widgets around the canvas -----------------------------------------------------------
  let root = null;
  const widgetObserver = new MutationObserver(() => {
    makeAccessible(root, title);
    reserveReadout(root, model.get("readout"));
  });
  const sizeObserver = new ResizeObserver(() => {
    tellLookSoon();
    // what scrolls must be reached by keyboard, and only then
    if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
    else scroller.removeAttribute("tabindex");
    const found = el.closest(ROOT);
    if (!found || found === root) return;
    root?.removeEventListener("click", pressInTurn, true);
    root = found;
    root.addEventListener("click", pressInTurn, true);
    makeAccessible(root, title);
    reserveReadout(root, model.get("readout"));
    widgetObserver.observe(root, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["aria-valuenow"],
    });
  });
  sizeObserver.observe(frame);
  sizeObserver.observe(scroller);

  return () => {
    model.off("msg:custom", receive);
    root?.removeEventListener("click", pressInTurn, true);
    clearTimeout(later);
    clearTimeout(due);
    window.removeEventListener("resize", tellLookSoon);
    for (const observer of [themeObserver, widgetObserver, sizeObserver]) observer.disconnect();
  };
}

export default { render };
