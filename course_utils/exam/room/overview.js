// One small button for each question, grouped by section, and the keys of the whole room.
const KEYS = { n: "next", p: "previous", f: "flag" };
const PATIENCE = 20_000; // milliseconds that a question may take to come, on a busy machine

// The letter of a key, also where Alt makes another character of it.
function letter(event) {
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
}

function render({ model, el }) {
  el.classList.add("course-room-overview");
  el.setAttribute("role", "navigation");
  el.setAttribute("aria-label", "Questions");
  let room = null;
  let frame = 0;
  let wanted = false; // whether the next question gets the focus

  const go = (message, focus) => {
    wanted = focus;
    try {
      model.send(message);
    } catch {
      // The kernel is gone; the clock says so.
    }
  };
  const onKey = (event) => {
    const action = event.altKey && !event.ctrlKey && !event.metaKey && KEYS[letter(event)];
    if (!action || !model.get("cells").length) return;
    event.preventDefault();
    event.stopPropagation();
    go({ do: action }, action !== "flag");
  };
  // JupyterLab binds its shortcuts to whatever has the focus, so the mark goes on that element.
  const onFocus = (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  const equip = () => {
    room = el.closest(".course-room");
    if (!room) {
      frame = requestAnimationFrame(equip);
      return;
    }
    room.addEventListener("focusin", onFocus);
    room.addEventListener("keydown", onKey, true); // text fields stop it on its way up
    room.setAttribute("role", "region");
    room.setAttribute("aria-label", "Exam room");
    room.querySelector(".course-room-status")?.setAttribute("role", "status"); // is read out
  };

  const draw = () => {
    const focused = el.contains(document.activeElement) && document.activeElement.dataset.id;
    const groups = new Map();
    for (const cell of model.get("cells")) {
      if (!groups.has(cell.section)) groups.set(cell.section, []);
      groups.get(cell.section).push(cell);
    }
    el.replaceChildren(
      ...[...groups].map(([section, cells]) => {
        const group = document.createElement("div");
        group.className = "course-room-section";
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", section);
        const name = document.createElement("span");
        name.textContent = section;
        name.setAttribute("aria-hidden", "true");
        const row = document.createElement("div");
        row.append(...cells.map(chip));
        group.append(name, row);
        return group;
      }),
    );
    if (focused) el.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  };
  const chip = (cell) => {
    const button = document.createElement("button");
    const here = cell.id === model.get("current");
    button.type = "button";
    button.textContent = cell.id;
    if (cell.points) {
      const points = document.createElement("small");
      points.textContent = cell.points;
      button.append(points);
    }
    button.dataset.id = cell.id;
    button.dataset.state = cell.state;
    button.dataset.flagged = cell.flagged ? "yes" : "";
    button.tabIndex = here || (!model.get("current") && cell === model.get("cells")[0]) ? 0 : -1;
    button.title = cell.label;
    button.setAttribute("aria-label", cell.label);
    if (here) button.setAttribute("aria-current", "step");
    button.addEventListener("click", () => go({ do: "go", to: cell.id }, false));
    return button;
  };
  el.addEventListener("keydown", (event) => {
    const chips = [...el.querySelectorAll("button")];
    const place = chips.indexOf(event.target);
    const to = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      Home: 0,
      End: chips.length - 1,
    }[event.key];
    if (place < 0 || to === undefined || event.altKey) return;
    event.preventDefault();
    chips[to]?.focus();
  });

  // The first field of a question gets the focus, once it is there: after a jump by keyboard, and
  // when the room turns from another page to the questions, as after 'Begin'.
  let before = model.get("current");
  const onCurrent = () => {
    draw();
    const id = model.get("current");
    const entered = !before;
    before = id;
    if (!id || !room || !(wanted || entered)) return;
    wanted = false;
    cancelAnimationFrame(frame);
    const end = performance.now() + PATIENCE;
    const from = document.activeElement;
    const look = () => {
      const now = document.activeElement;
      if (now !== from && !now.contains(room)) return; // by then the reader is elsewhere
      const page = room.querySelector(`.course-room-page:has([data-question="${id}"])`);
      const first = page?.querySelector(
        ".course-question-parts :is(input, textarea, select, button):not(:disabled)",
      );
      if (first) first.focus();
      else if (performance.now() < end) frame = requestAnimationFrame(look);
    };
    look();
  };

  // A page that was turned begins at its top.
  const onTurned = () => {
    const panel = room?.closest(".jp-WindowedPanel-outer, .jp-NotebookPanel-notebook");
    const top = panel ? panel.getBoundingClientRect().top : 0;
    if (room && room.getBoundingClientRect().top < top) room.scrollIntoView({ block: "start" });
  };

  model.on("change:turned", onTurned);
  model.on("change:cells", draw);
  model.on("change:current", onCurrent);
  draw();
  equip();
  return () => {
    cancelAnimationFrame(frame);
    model.off("change:turned", onTurned);
    model.off("change:cells", draw);
    model.off("change:current", onCurrent);
    room?.removeEventListener("focusin", onFocus);
    room?.removeEventListener("keydown", onKey, true);
  };
}

export default { render };
