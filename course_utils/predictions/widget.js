// Asks for predictions. A guess is text: a number, an option, or a sketch's heights as JSON.

const SVG = "http://www.w3.org/2000/svg";
const STEPS = 200; // of a slider: each changes a number of two digits
const COLUMNS = 41; // of a sketch
const PLOT = { left: 64, top: 10, width: 476, height: 190 };

const make = (tag, className = "", attributes = {}, space = null) => {
  const made = space ? document.createElementNS(space, tag) : document.createElement(tag);
  if (className) made.setAttribute("class", className);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

// JupyterLab takes keys for shortcuts unless the element that has the focus says not to.
const quiet = (element) => {
  element.setAttribute("data-lm-suppress-shortcuts", "true");
  return element;
};

const clamp = (share) => Math.min(1, Math.max(0, share));
const valueAt = ({ low, high, log }, share) =>
  log ? low * (high / low) ** share : low + (high - low) * share;
const shareOf = ({ low, high, log }, value) =>
  clamp(log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
const short = (value) => Number(value.toPrecision(2));
const said = (value) =>
  Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4)
    ? value.toExponential(1).replace(".0e", "e").replace("e+", "e")
    : String(value);

// "10 000", "1e6", "10^6", "2·10^6", a comma as the decimal sign; NaN if it is not one number.
export function parse(text) {
  const plain = text
    .trim()
    .replace(/(?<=\d)[\s_\u2009\u202f\u00a0'](?=\d{3}(?!\d))/g, "") // "1 2" is not twelve
    .replace(/\s*([·×*^])\s*/g, "$1")
    .replace(/\u2212/g, "-")
    .replace(/[·×*]10\^/g, "e")
    .replace(/^10\^/, "1e")
    .replace(/^([-+]?\d*),(\d+)$/, "$1.$2");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

// Why what is typed is no guess on an axis; empty if it is one.
export function whyNot(text, axis) {
  const value = parse(text);
  const [, whole, rest] = text.trim().match(/^[-+\u2212]?([1-9]\d{0,2}),(\d{3})$/) ?? [];
  if (whole) return `“${text}” can be read in two ways: write ${whole}${rest} or ${whole}.${rest}.`;
  if (Number.isNaN(value)) return `“${text}” is not a number: write it like 20000 or 2e4.`;
  if (!Number.isFinite(value)) return `“${text}” is too large: write a number below 1e300.`;
  return axis.log && value <= 0 ? "This scale has only numbers above 0." : "";
}

// Each kind returns its elements and a function that shows a guess, which may be "".

function askNumber(spec, guess, say) {
  const { axis, unit } = spec;
  const row = make("div", "course-prediction-row");
  const scale = make("div", "course-prediction-scale");
  const slider = quiet(make("input", "", { type: "range", min: 0, max: STEPS }));
  slider.setAttribute("aria-label", `${spec.question} Scale${unit ? `, ${unit}` : ""}`);
  const ticks = make("div", "course-prediction-ticks", { "aria-hidden": "true" });
  for (const { at, label } of axis.ticks) {
    const tick = make("span");
    tick.style.left = `${100 * at}%`;
    tick.textContent = label;
    ticks.append(tick);
  }
  scale.append(slider, ticks);
  const typed = make("div", "course-prediction-typed");
  const field = quiet(make("input", "", { type: "text", inputmode: "decimal" }));
  field.setAttribute("aria-label", `${spec.question} Number${unit ? `, ${unit}` : ""}`);
  typed.append(field, document.createTextNode(unit));
  row.append(scale, typed);

  slider.addEventListener("input", () => {
    const value = short(valueAt(axis, slider.value / STEPS));
    field.value = said(value);
    slider.setAttribute("aria-valuetext", `${field.value} ${unit}`);
    slider.classList.remove("is-unset");
    say("");
    guess(String(value));
  });
  field.addEventListener("input", () => {
    const why = field.value.trim() ? whyNot(field.value, axis) : "";
    say(why);
    // An earlier guess does not stand for what is in the field now.
    if (why || !field.value.trim()) return guess("");
    const value = parse(field.value);
    slider.value = Math.round(STEPS * shareOf(axis, value));
    slider.classList.remove("is-unset");
    guess(String(value));
  });
  const show = (text) => {
    if (document.activeElement === field) return;
    field.value = text === "" ? "" : said(Number(text));
    slider.value = text === "" ? STEPS / 2 : Math.round(STEPS * shareOf(axis, Number(text)));
    slider.classList.toggle("is-unset", text === "");
    slider.setAttribute("aria-valuetext", text === "" ? "no guess yet" : `${field.value} ${unit}`);
  };
  return { body: row, show };
}

function askChoice(spec, guess) {
  const body = make("div");
  const group = `course-prediction-${Math.random().toString(36).slice(2)}`;
  const buttons = spec.options.map((option) => {
    const label = make("label");
    const button = quiet(make("input", "", { type: "radio", name: group, value: option }));
    button.addEventListener("change", () => guess(option));
    label.append(button, document.createTextNode(option));
    body.append(label);
    return button;
  });
  const show = (text) => {
    for (const button of buttons) button.checked = button.value === text;
  };
  return { body, show };
}

function askCurve(spec, guess) {
  const { left, top, width, height } = PLOT;
  const svg = quiet(
    make("svg", "course-prediction-sketch", {
      viewBox: `0 0 560 ${top + height + 42}`, tabindex: 0, role: "slider",
      "aria-label": `${spec.question} Draw with the pointer, or move with the left and right keys`
        + " and change the height with the up and down keys.",
      "aria-valuemin": 0, "aria-valuemax": 100,
    }, SVG),
  );
  const add = (tag, attributes, text = "", className = "") => {
    const made = make(tag, className, attributes, SVG);
    made.textContent = text;
    svg.append(made);
    return made;
  };
  add("rect", { x: left, y: top, width, height }, "", "axis");
  for (const { at, label } of spec.x.ticks)
    add("text", { x: left + width * at, y: top + height + 16, "text-anchor": "middle" }, label);
  for (const { at, label } of spec.y.ticks)
    add("text", { x: left - 6, y: top + height * (1 - at) + 4, "text-anchor": "end" }, label);
  add("text", { x: left + width / 2, y: top + height + 36, "text-anchor": "middle" }, spec.x.label);
  add("text", {
    transform: `translate(14 ${top + height / 2}) rotate(-90)`, "text-anchor": "middle",
  }, spec.y.label);
  const line = add("polyline", {}, "", "line");
  const cursor = add("circle", { r: 6 }, "", "cursor");

  let heights = Array(COLUMNS).fill(null);
  let column = 0;
  const x = (i) => left + (width * i) / (COLUMNS - 1);
  const y = (share) => top + height * (1 - share);
  // Where nothing was drawn yet, the nearest drawn height goes on.
  const filled = () => {
    const drawn = heights.map((h, i) => [h, i]).filter(([h]) => h !== null);
    return heights.map((h, i) =>
      h ?? drawn.reduce((a, b) => (Math.abs(b[1] - i) < Math.abs(a[1] - i) ? b : a))[0]);
  };
  const paint = () => {
    const points = heights.map((h, i) => (h === null ? null : `${x(i)},${y(h)}`)).filter(Boolean);
    line.setAttribute("points", points.join(" "));
    const here = heights[column];
    cursor.setAttribute("cx", x(column));
    cursor.setAttribute("cy", y(here ?? 0));
    cursor.style.display = document.activeElement === svg ? "" : "none";
    svg.setAttribute("aria-valuenow", Math.round(100 * (here ?? 0)));
    const at = `at ${said(short(valueAt(spec.x, column / (COLUMNS - 1))))}`;
    svg.setAttribute("aria-valuetext",
      here === null ? `${at}: nothing drawn` : `${at}: ${said(short(valueAt(spec.y, here)))}`);
  };
  const tell = () => guess(JSON.stringify(filled().map((h) => Number(h.toFixed(3)))));

  const place = (event) => {
    const box = svg.getBoundingClientRect();
    const factor = 560 / box.width;
    const across = ((event.clientX - box.left) * factor - left) / width;
    const up = 1 - ((event.clientY - box.top) * factor - top) / height;
    return [Math.round(clamp(across) * (COLUMNS - 1)), clamp(up)];
  };
  let last = null;
  const draw = (event) => {
    const [i, h] = place(event);
    const [from, was] = last ?? [i, h];
    const span = Math.abs(i - from);
    for (let k = 0; k <= span; k++) {
      const share = span ? k / span : 1;
      heights[from + Math.sign(i - from) * k] = was + (h - was) * share;
    }
    last = [i, h];
    column = i;
    paint();
  };
  const locked = () => svg.getAttribute("aria-disabled") === "true";
  svg.addEventListener("pointerdown", (event) => {
    if (locked()) return;
    event.preventDefault();
    svg.focus();
    svg.setPointerCapture(event.pointerId);
    last = null;
    draw(event);
  });
  svg.addEventListener("pointermove", (event) => last && draw(event));
  const stop = () => {
    if (last) tell();
    last = null;
  };
  svg.addEventListener("pointerup", stop);
  svg.addEventListener("pointercancel", stop);
  svg.addEventListener("focus", paint);
  svg.addEventListener("blur", paint);
  svg.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const step = steps[event.key];
    if (!step || locked()) return;
    event.preventDefault();
    event.stopPropagation();
    const before = heights[column];
    column = Math.min(COLUMNS - 1, Math.max(0, column + step[0]));
    const fast = event.shiftKey ? 0.1 : 0.02;
    if (step[1]) heights[column] = clamp((before ?? 0.5) + step[1] * fast);
    else if (heights[column] === null && before !== null) heights[column] = before;
    paint();
    if (heights[column] !== null) tell();
  });
  const show = (text) => {
    if (last) return;
    if (text && text !== JSON.stringify(heights)) {
      const given = JSON.parse(text);
      if (document.activeElement !== svg && given.length === COLUMNS) heights = given;
    }
    paint();
  };
  return { body: svg, show };
}

const KINDS = { number: askNumber, choice: askChoice, curve: askCurve };

function render({ model, el }) {
  el.classList.add("course-prediction");
  const shows = {};
  for (const [name, spec] of Object.entries(model.get("asked"))) {
    const field = make("fieldset");
    const legend = make("legend");
    legend.textContent = spec.question;
    const says = make("div", "course-prediction-says", { role: "status" });
    const guess = (text) => {
      model.set("guesses", { ...model.get("guesses"), [name]: text });
      model.save_changes();
    };
    const { body, show } = KINDS[spec.kind](spec, guess, (text) => { says.textContent = text; });
    shows[name] = show;
    field.append(legend, body, ...(spec.kind === "number" ? [says] : []));
    el.append(field);
  }
  const buttons = make("div", "course-prediction-buttons");
  const lock = quiet(make("button", "", { type: "button" }));
  lock.textContent = "Lock in";
  const status = make("span", "", { role: "status" });
  buttons.append(lock, status);
  const notice = make("div", "course-prediction-notice", { role: "status" });
  el.append(buttons, notice);
  lock.addEventListener("click", () => {
    model.set("locked", true);
    model.save_changes();
  });

  const update = () => {
    const guesses = model.get("guesses");
    const locked = model.get("locked");
    for (const [name, show] of Object.entries(shows)) show(guesses[name] ?? "");
    const open = Object.values(guesses).filter((text) => text === "").length;
    el.classList.toggle("is-locked", locked);
    for (const input of el.querySelectorAll("input")) input.disabled = locked;
    for (const sketch of el.querySelectorAll("svg[role=slider]"))
      sketch.setAttribute("aria-disabled", String(locked));
    lock.disabled = locked || open > 0;
    lock.hidden = locked;
    status.textContent = locked
      ? "Locked in: run the next cell."
      : open > 0 ? "Make your guess, then lock it in." : "";
    notice.textContent = model.get("notice") && `⚠ ${model.get("notice")}`;
  };
  model.on("change:guesses", update);
  model.on("change:locked", update);
  model.on("change:notice", update);
  update();
  return () => {
    model.off("change:guesses", update);
    model.off("change:locked", update);
    model.off("change:notice", update);
  };
}

export default { render };
