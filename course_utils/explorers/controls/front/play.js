// Play: steps forward and back, and by itself, never faster than the pictures come.

const SVG = {
  back: "M15 5v14L6 12zM4 5h2v14H4z",
  play: "M6 4v16l14-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  forward: "M9 5v14l9-7zM18 5h2v14h-2z",
};

const icon = (name) =>
  `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SVG[name]}"/></svg>`;

function render({ model, el }) {
  const face = model.get("face");
  const last = face.words.length - 1;
  const tools = makeRow(el, face);
  const readout = make("div", "widget-readout");
  el.append(readout);

  const range = focusable("input", "course-play-range", {
    type: "range", min: 0, max: last, step: 1, "aria-label": face.label,
  });
  const back = button("", "one step back", () => take(-1));
  const play = button("", "play", () => (playing ? pause() : start()));
  const forward = button("", "one step forward", () => take(+1));
  const speed = focusable("select", "course-play-speed", { "aria-label": "speed" });
  for (const each of face.speeds) speed.add(new Option(`${each} per s`, each));
  speed.value = face.speed;
  back.innerHTML = icon("back");
  forward.innerHTML = icon("forward");
  tools.append(back, play, forward, range, speed);

  let playing = false;
  let due = 0; // the timer of the next step
  let stepped = 0; // when the last one was taken
  let frame = null;

  const show = () => {
    const value = model.get("value");
    range.value = value;
    range.style.setProperty("--course-share", `${(100 * value) / last}%`);
    range.setAttribute("aria-valuetext", face.words[value]);
    readout.textContent = face.words[value];
    back.setAttribute("aria-disabled", value === 0);
    forward.setAttribute("aria-disabled", value === last);
    play.innerHTML = icon(playing ? "pause" : "play");
    play.title = playing ? "pause" : "play";
    play.setAttribute("aria-label", play.title);
    el.dataset.playing = playing;
  };

  const go = (value) => {
    model.set("value", clip(value, 0, last));
    model.save_changes();
    show();
  };

  const take = (way) => {
    pause();
    go(model.get("value") + way);
  };

  const start = () => {
    if (calm.matches) return;
    playing = true;
    // a description that changes twice a second is not to be read out each time
    frame?.parentElement.querySelector("[aria-live]")?.setAttribute("aria-live", "off");
    stepped = performance.now();
    if (model.get("value") === last) go(0);
    else go(model.get("value") + 1);
    show();
    next();
  };

  const pause = () => {
    clearTimeout(due);
    due = 0;
    if (!playing) return;
    playing = false;
    frame?.parentElement.querySelector("[aria-live]")?.setAttribute("aria-live", "polite");
    show();
  };

  // Plans the next step, if the picture of the last one is there.
  const next = () => {
    const seen = frame?.courseHands?.[face.name]?.value;
    if (!playing || due || seen !== model.get("value")) return;
    if (seen === last) return pause();
    due = setTimeout(() => {
      due = 0;
      stepped = performance.now();
      go(model.get("value") + 1);
      next(); // the picture may be there already
    }, Math.max(0, 1000 / Number(speed.value) - (performance.now() - stepped)));
  };

  // Whoever asks the system for less motion steps by hand.
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const heed = () => {
    if (calm.matches) pause();
    play.hidden = speed.hidden = calm.matches;
    tools.title = calm.matches ? "Your system asks for less motion: step through it instead." : "";
  };
  heed();

  range.addEventListener("input", () => {
    pause();
    go(Number(range.value));
  });
  range.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    playing ? pause() : start();
  });

  const ended = new AbortController();
  listen(calm, { change: heed }, ended);
  listen(document, { visibilitychange: () => document.hidden && pause() }, ended);
  const leave = withPicture(el, (found) => {
    frame = found;
    listen(frame, { "course-picture": next, "course-error": pause }, ended);
    // another control, or Reset, is touched: the pointer and the keys take over
    const takeOver = ({ target }) => el.contains(target) || pause();
    const keys = (event) => event.key === "Tab" || takeOver(event);
    listen(el.closest(".course-explorer"), { pointerdown: takeOver, keydown: keys }, ended);
    const sight = new IntersectionObserver(([entry]) => entry.isIntersecting || pause());
    sight.observe(frame);
    return () => sight.disconnect();
  });
  range.addEventListener("pointerdown", pause);
  model.on("change:value", show);
  show();

  return () => {
    pause();
    ended.abort();
    leave();
    model.off("change:value", show);
  };
}

export default { render };
