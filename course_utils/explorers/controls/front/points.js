// Points: handles over the picture that are dragged or moved by keys, and a row of tools.
//
// A point is [x, y, class], whole numbers. The picture draws the points; a handle is a ring around
// one of them, and is filled where it is ahead of the picture.

const FAR = 10; // steps with the Shift key
const HOW = {
  one: "drag it, or Tab and arrow keys",
  some: "drag one, or Tab and arrow keys",
  many: "drag one, or Tab and arrow keys, Delete, +",
};

function render({ model, el }) {
  const face = model.get("face");
  const [columns, rows] = face.words.map((words) => words.length);
  const tools = makeRow(el, face);
  const status = make("div", "course-hand-status", { role: "status" });
  const layer = make("div", "course-points", { role: "group", "aria-label": face.label });
  const area = make("div", "course-points-area"); // a single point comes to where it is pressed
  if (face.single) layer.append(area);
  layer.classList.toggle("has-cells", face.cells);
  el.dataset.control = layer.dataset.control = face.name;
  const ended = new AbortController();

  let frame = null;
  const plane = new Plane(columns, rows);
  let handles = [];
  let selected = -1;
  let newest = 0; // the class that a new point gets
  let drag = null; // { handle, dx, dy }
  let mine = false; // whether the value is being changed from here
  let used = false; // until then the row says what can be done

  const points = () => model.get("value");
  const copy = () => points().map((point) => [...point]);
  const shown = () => frame?.courseHands?.[face.name];
  const variable = face.least < face.most;
  const where = ([x, y]) => `${face.words[0][x]}, ${face.words[1][y]}`;
  const kind = (number) => face.classes[points()[number][2]];
  const called = (number) => {
    if (face.single) return face.noun;
    const name = `${face.noun} ${number + 1}`;
    return kind(number) ? `${name}, class ${kind(number).name}` : name;
  };

  // --- the value ---------------------------------------------------------------------------------
  const set = (value) => {
    used = true;
    mine = true;
    model.set("value", value);
    mine = false;
    model.save_changes();
    show();
  };

  const move = (number, x, y) => {
    const value = copy();
    const [fromX, fromY, c] = value[number];
    value[number] = [clip(x, 0, columns - 1), clip(y, 0, rows - 1), c];
    if (value[number][0] === fromX && value[number][1] === fromY) return;
    set(value);
  };

  const classify = (number, c) => {
    newest = c;
    const value = copy();
    if (value[number]) value[number][2] = c;
    set(value);
  };

  const add = (x, y) => {
    const value = copy();
    if (value.length >= face.most) return refuse(`There can be ${face.most} and no more.`);
    set([...value, [clip(x, 0, columns - 1), clip(y, 0, rows - 1), newest]]);
    handles.at(-1).focus();
  };

  const addSomewhere = () => add(...plane.loneliest(points()));

  const remove = (number) => {
    if (!points()[number]) return refuse(`Choose a ${face.noun} first.`);
    if (points().length <= face.least) return refuse(`At least ${face.least} must stay.`);
    set(points().filter((_, other) => other !== number));
    handles[Math.min(number, handles.length - 1)]?.focus();
  };

  // --- the tools ---------------------------------------------------------------------------------
  const classes = face.classes.map(({ name, colour }, c) => {
    const made = button(name, `class ${name}`, () => classify(selected, c));
    made.style.setProperty("--course-class", colour);
    made.classList.add("course-hand-class");
    return made;
  });
  const adding = button("Add", `add a ${face.noun}, or double-click the figure`, addSomewhere);
  const removing = button("Remove", `remove the chosen ${face.noun}`, () => remove(selected));
  tools.append(...classes, ...(variable ? [adding, removing] : []), status);

  const tell = (text) => {
    status.textContent = status.title = text;
  };
  // Why something is not done stays until something is: a picture that comes late changes nothing.
  let refused = null;
  const present = () => JSON.stringify([points(), selected]);
  const refuse = (text) => {
    refused = { text, of: present() };
    tell(text);
  };

  // --- what is to be seen ------------------------------------------------------------------------
  const show = () => {
    const value = points();
    while (handles.length > value.length) handles.pop().remove();
    while (handles.length < value.length) layer.append(makeHandle());
    selected = Math.min(selected, value.length - 1);
    const seen = shown()?.value ?? [];
    handles.forEach((handle, number) => {
      const point = value[number];
      handle.setAttribute("aria-label", called(number));
      handle.setAttribute("aria-valuetext", `at ${where(point)}`);
      handle.setAttribute("aria-valuenow", point[0]);
      handle.dataset.where = where(point);
      handle.style.setProperty("--course-class", kind(number)?.colour ?? "var(--course-hand)");
      handle.classList.toggle("is-ahead", String(point) !== String(seen[number] ?? ""));
      handle.classList.toggle("is-selected", number === selected);
      if (!plane.place) return;
      const [x, y] = plane.at(point);
      handle.style.left = `${100 * x}%`;
      handle.style.top = `${100 * y}%`;
      if (!face.cells) return;
      const [wide, high] = plane.cell();
      handle.style.width = `${100 * wide}%`;
      handle.style.height = `${100 * high}%`;
    });
    classes.forEach((each, c) => {
      const chosen = c === (value[selected]?.[2] ?? newest);
      each.setAttribute("aria-pressed", chosen);
    });
    adding.setAttribute("aria-disabled", value.length >= face.most);
    removing.setAttribute("aria-disabled", selected < 0 || value.length <= face.least);
    if (refused?.of !== present()) refused = null;
    if (refused) tell(refused.text);
    else if (face.single) tell(used ? where(value[0]) : `${where(value[0])} · ${HOW.one}`);
    else if (selected >= 0) tell(`${called(selected)}, at ${where(value[selected])}`);
    else tell(`${value.length} ${face.noun}s${used ? "" : ` · ${variable ? HOW.many : HOW.some}`}`);
  };

  // --- pointer -----------------------------------------------------------------------------------
  const under = (x, y) => plane.nearest(x, y, layer.getBoundingClientRect());

  const grab = (handle, event) => {
    if (event.button || !plane.place) return;
    handle.setPointerCapture(event.pointerId);
    handle.classList.add("is-dragged");
    handle.focus({ preventScroll: true });
    // measured only now: JupyterLab may scroll to a cell that gets the focus
    const box = handle.getBoundingClientRect();
    drag = {
      handle,
      dx: event.clientX - (box.left + box.width / 2),
      dy: event.clientY - (box.top + box.height / 2),
    };
    event.preventDefault();
  };

  const come = (event) => {
    if (event.button || !plane.place) return;
    const [x, y] = under(event.clientX, event.clientY);
    move(0, x, y);
    handles[0].focus({ preventScroll: true });
    if (event.type === "pointerdown") grab(handles[0], event);
  };

  const pull = (event) => {
    if (!drag) return;
    const [x, y] = under(event.clientX - drag.dx, event.clientY - drag.dy);
    move(handles.indexOf(drag.handle), x, y);
  };

  const drop = () => {
    drag?.handle.classList.remove("is-dragged");
    drag = null;
    adopt();
  };

  // --- keys --------------------------------------------------------------------------------------
  const press = (handle, event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const number = handles.indexOf(handle);
    const [x, y, c] = points()[number];
    const step = event.shiftKey ? FAR : 1;
    // an axis may point the other way, as the rows of a picture do
    const [toRight, toTop] = plane.ways();
    const acts = {
      ArrowRight: () => move(number, x + step * toRight, y),
      ArrowLeft: () => move(number, x - step * toRight, y),
      ArrowUp: () => move(number, x, y + step * toTop),
      ArrowDown: () => move(number, x, y - step * toTop),
      Home: () => move(number, toRight > 0 ? 0 : columns, y),
      End: () => move(number, toRight > 0 ? columns : 0, y),
      PageUp: () => move(number, x, toTop > 0 ? rows : 0),
      PageDown: () => move(number, x, toTop > 0 ? 0 : rows),
      Escape: () => tools.querySelector("button")?.focus(),
    };
    if (variable) {
      acts.Delete = acts.Backspace = () => remove(number);
      acts.Insert = acts["+"] = addSomewhere;
    }
    if (classes.length) {
      acts[" "] = acts.Enter = () => classify(number, (c + 1) % classes.length);
      classes.forEach((_, each) => { acts[each + 1] = () => classify(number, each); });
    }
    if (!(event.key in acts)) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  };

  const makeHandle = () => {
    const handle = focusable("div", "course-points-handle", {
      tabindex: 0, role: "slider", "aria-roledescription": "movable point",
      "aria-valuemin": 0, "aria-valuemax": columns - 1,
    });
    handles.push(handle);
    listen(handle, {
      pointerdown: (event) => grab(handle, event),
      pointermove: pull,
      pointerup: drop,
      pointercancel: drop,
      keydown: (event) => press(handle, event),
      focus: () => {
        selected = handles.indexOf(handle);
        newest = points()[selected][2];
        show();
      },
    }, ended);
    return handle;
  };

  // --- the picture -------------------------------------------------------------------------------
  // Limits that change wait until the point is let go, or it would run away from the pointer.
  const adopt = () => {
    if (!drag) plane.place = shown()?.place ?? plane.place;
    layer.hidden = !plane.place;
    if (plane.place) {
      const [left, right, bottom, top] = plane.place;
      const [wide, high] = face.cells ? plane.cell() : [0, 0]; // a cell lies around its place
      area.style.left = `${100 * (Math.min(left, right) - wide / 2)}%`;
      area.style.top = `${100 * (Math.min(top, bottom) - high / 2)}%`;
      area.style.width = `${100 * (Math.abs(right - left) + wide)}%`;
      area.style.height = `${100 * (Math.abs(top - bottom) + high)}%`;
    }
    show();
  };

  // A finger that begins beside the point scrolls the page, which cancels it; one that only taps
  // moves the point. No click is waited for: the browser may swallow the first one after a gesture.
  let tap = null;
  listen(area, {
    pointerdown: (event) => {
      tap = event.pointerType === "mouse" ? null : event;
      if (!tap) come(event);
    },
    pointerup: (event) => {
      if (tap && Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) < 10) come(event);
      tap = null;
    },
    pointercancel: () => { tap = null; },
  }, ended);

  const leave = withPicture(el, (found) => {
    frame = found;
    frame.append(layer);
    adopt();
    listen(frame, {
      "course-picture": adopt,
      dblclick: (event) => {
        if (!variable || !plane.place || event.target.closest(".course-points-handle")) return;
        const [x, y, acrossX, acrossY] = under(event.clientX, event.clientY);
        const inside = [acrossX, acrossY].every((share) => share >= -0.02 && share <= 1.02);
        if (inside) add(x, y);
      },
    }, ended);
    return () => layer.remove();
  });
  const follow = () => {
    if (mine) return;
    selected = handles.indexOf(document.activeElement); // after Reset, for one, none is chosen
    show();
  };
  model.on("change:value", follow);

  return () => {
    ended.abort();
    leave();
    model.off("change:value", follow);
  };
}

export default { render };
