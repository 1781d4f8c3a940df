// Grid: a small picture on the figure that is painted, erased, or filled with numbers.
//
// A value is the number of the level of each cell, row by row. The picture draws the cells; here
// only those are drawn in which the hand is ahead of the picture, and the cursor.

const TYPED = 1200; // milliseconds within which a further digit belongs to the same number

function render({ model, el }) {
  const face = model.get("face");
  const [rows, columns] = face.shape;
  const top = face.levels.length - 1;
  const [sets, clears] = face.tools;
  const tools = makeRow(el, face);
  const status = make("div", "course-hand-status", { role: "status" });
  const how = face.numbers
    ? "arrow keys move, digits set, plus and minus step"
    : `arrow keys move, space: ${sets.toLowerCase()}, delete: ${clears.toLowerCase()}`;
  const layer = focusable("div", "course-grid", {
    tabindex: 0, role: "application", "aria-roledescription": "painted grid",
    "aria-label": `${face.label}, ${rows} rows, ${columns} columns; ${how}`,
  });
  const canvas = make("canvas", "");
  const cursorMark = make("div", "course-grid-cursor");
  layer.append(canvas, cursorMark);
  layer.classList.toggle("has-numbers", face.numbers);
  el.dataset.control = layer.dataset.control = face.name;
  const ended = new AbortController();

  let frame = null;
  let cursor = 0;
  let used = false; // until then the row says what can be done
  let erasing = false;
  let width = face.brush;
  let stroke = null; // where the pointer was last, in cells, while it paints
  let typed = ""; // the digits of a number that is being typed
  let typing = 0;

  const cells = () => model.get("value");
  const shown = () => frame?.courseHands?.[face.name];
  const set = (value) => {
    if (String(value) !== String(cells())) {
      model.set("value", value);
      model.save_changes();
    }
    show();
  };
  const put = (cell, level) => set(cells().with(cell, clip(level, 0, top)));

  // --- painting ----------------------------------------------------------------------------------
  const paint = (points) => {
    const value = [...cells()];
    for (const [x, y] of points) {
      const from = stroke ?? [x, y];
      const steps = Math.max(1, Math.ceil(2 * Math.hypot(x - from[0], y - from[1])));
      for (let step = 1; step <= steps; step += 1) {
        const share = step / steps;
        const at = [from[0] + share * (x - from[0]), from[1] + share * (y - from[1])];
        dab(face, value, at, { width, erasing });
      }
      stroke = [x, y];
    }
    set(value);
  };

  // --- the tools ---------------------------------------------------------------------------------
  const use = (state) => {
    erasing = state;
    show();
  };
  const painting = button(sets, "", () => use(false));
  const rubbing = button(clears, "", () => use(true));
  const brush = focusable("select", "course-play-speed", { "aria-label": "width of the brush" });
  for (const cellsWide of [1, 2, 3]) {
    brush.add(new Option(`brush ${cellsWide}`, cellsWide));
  }
  brush.value = width;
  brush.addEventListener("change", () => {
    width = Number(brush.value);
  });
  const less = button("−", "the chosen number one step down", () => put(cursor, cells()[cursor] - 1));
  const more = button("+", "the chosen number one step up", () => put(cursor, cells()[cursor] + 1));
  const clear = button("Clear", "", () => set(cells().map(() => face.clear)));
  const presets = face.presets.map(([name, value]) => button(name, "", () => set(value)));
  tools.append(...(face.numbers ? [less, more] : [painting, rubbing, brush]), clear, ...presets, status);

  // --- what is to be seen ------------------------------------------------------------------------
  const show = () => {
    const value = cells();
    const row = Math.floor(cursor / columns);
    const column = cursor % columns;
    used ||= layer === document.activeElement;
    const said = `row ${row + 1}, column ${column + 1}: ${face.words[value[cursor]]}`;
    const todo = face.numbers
      ? "choose a cell on the figure, then type"
      : `${sets.toLowerCase()} on the figure, or Tab, arrow keys, Space`;
    status.textContent = status.title = used ? said : todo;
    painting.setAttribute("aria-pressed", !erasing);
    rubbing.setAttribute("aria-pressed", erasing);
    presets.forEach((each, number) =>
      each.setAttribute("aria-pressed", String(face.presets[number][1]) === String(value)));
    cursorMark.style.left = `${(100 * column) / columns}%`;
    cursorMark.style.top = `${(100 * row) / rows}%`;
    cursorMark.style.width = `${100 / columns}%`;
    cursorMark.style.height = `${100 / rows}%`;
    layer.dataset.value = value.map((level) => face.words[level]).join(" ");
    drawAhead(value, shown()?.value ?? value);
  };

  const drawAhead = (value, seen) => {
    const ratio = window.devicePixelRatio || 1;
    const size = [layer.clientWidth, layer.clientHeight].map((pixels) => Math.round(pixels * ratio));
    const ahead = value.flatMap((level, cell) => (level === seen[cell] ? [] : [cell]));
    layer.dataset.ahead = ahead.length;
    if (canvas.width !== size[0]) canvas.width = size[0];
    if (canvas.height !== size[1]) canvas.height = size[1];
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, ...size);
    const [wide, high] = [size[0] / columns, size[1] / rows];
    const look = getComputedStyle(layer);
    for (const cell of ahead) {
      const [x, y] = [(cell % columns) * wide, Math.floor(cell / columns) * high];
      const colour = face.colours[value[cell]];
      // a level without a colour shows the figure, which only a new picture can bring: mark it
      context.fillStyle = colour ?? look.getPropertyValue("--jp-layout-color0");
      context.globalAlpha = colour || face.numbers ? 1 : 0.6;
      context.fillRect(x + 0.5, y + 0.5, wide - 1, high - 1);
      context.globalAlpha = 1;
      if (!face.numbers) continue;
      context.fillStyle = colour ? face.inks[value[cell]] : look.color;
      context.font = `${0.38 * high}px ${look.fontFamily}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(face.words[value[cell]], x + wide / 2, y + high / 2);
    }
  };

  // --- pointer -----------------------------------------------------------------------------------
  const cellAt = (event) => {
    const box = layer.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * columns - 0.5,
      ((event.clientY - box.top) / box.height) * rows - 0.5,
    ];
  };

  const point = ([x, y]) => {
    const [column, row] = [clip(Math.round(x), 0, columns - 1), clip(Math.round(y), 0, rows - 1)];
    cursor = row * columns + column;
    typed = "";
  };

  const begin = (event) => {
    if (event.button) return;
    event.preventDefault();
    layer.focus({ preventScroll: true });
    point(cellAt(event));
    if (face.numbers) return show();
    layer.setPointerCapture(event.pointerId);
    stroke = null;
    paint([cellAt(event)]);
  };

  const go = (event) => {
    if (!stroke) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    const path = (passed.length ? passed : [event]).map(cellAt);
    point(path.at(-1));
    paint(path);
  };

  const end = () => {
    stroke = null;
  };

  // --- keys --------------------------------------------------------------------------------------
  const walk = (right, down) => {
    const row = clip(Math.floor(cursor / columns) + down, 0, rows - 1);
    const column = clip((cursor % columns) + right, 0, columns - 1);
    cursor = row * columns + column;
    typed = "";
    show();
  };

  // What was typed so far is set as soon as it is one of the levels.
  const type = (key) => {
    clearTimeout(typing);
    typing = setTimeout(() => { typed = ""; }, TYPED);
    typed = key === "-" ? (typed.startsWith("-") ? "" : "-") : typed + key;
    let level = face.levels.indexOf(Number(typed));
    if (level < 0 && key !== "-" && key !== ".") {
      const alone = face.levels.indexOf(Number(key));
      if (alone >= 0 && !typed.startsWith("-") && !typed.includes(".")) {
        typed = key;
        level = alone;
      }
    }
    if (level >= 0 && /\d/.test(typed)) put(cursor, level);
  };

  const stamp = (erase) => {
    const before = erasing;
    erasing = erase;
    stroke = null;
    paint([[cursor % columns, Math.floor(cursor / columns)]]);
    stroke = null;
    use(before);
  };

  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      ArrowRight: () => walk(1, 0),
      ArrowLeft: () => walk(-1, 0),
      ArrowDown: () => walk(0, 1),
      ArrowUp: () => walk(0, -1),
      Home: () => walk(-columns, 0),
      End: () => walk(columns, 0),
      PageUp: () => walk(0, -rows),
      PageDown: () => walk(0, rows),
      "+": () => put(cursor, cells()[cursor] + 1),
      Delete: () => (face.numbers ? put(cursor, face.clear) : stamp(true)),
      Escape: () => tools.querySelector("button")?.focus(),
    };
    acts.Backspace = acts.Delete;
    if (face.numbers) {
      // minus steps down, and begins a number below 0 where there are such
      acts["-"] = () => (face.levels[0] < 0 ? type("-") : put(cursor, cells()[cursor] - 1));
      acts["."] = () => type(".");
    } else {
      acts[" "] = acts.Enter = () => stamp(erasing);
      acts["-"] = () => put(cursor, cells()[cursor] - 1);
    }
    const act = acts[event.key] ?? (/^\d$/.test(event.key) ? () => type(event.key) : null);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  // --- the picture -------------------------------------------------------------------------------
  const adopt = () => {
    const place = shown()?.place;
    layer.hidden = !place;
    if (place && !stroke) {
      const [left, right, first, last] = place; // y of row 0's upper and the last row's lower edge
      layer.style.left = `${100 * Math.min(left, right)}%`;
      layer.style.top = `${100 * Math.min(first, last)}%`;
      layer.style.width = `${100 * Math.abs(right - left)}%`;
      layer.style.height = `${100 * Math.abs(last - first)}%`;
    }
    show();
  };

  listen(layer, {
    pointerdown: begin, pointermove: go, pointerup: end, pointercancel: end, keydown: press,
    focus: show, blur: show,
  }, ended);
  const leave = withPicture(el, (found) => {
    frame = found;
    frame.append(layer);
    adopt();
    listen(frame, { "course-picture": adopt }, ended);
    return () => layer.remove();
  });
  model.on("change:value", show);

  return () => {
    clearTimeout(typing);
    ended.abort();
    leave();
    model.off("change:value", show);
  };
}

export default { render };
