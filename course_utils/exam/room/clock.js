// The title and the time that is left. Python says how long; the browser counts.
const SLOW = 12_000; // ms without an answer until the kernel is taken for gone
const EVERY = 10_000; // ms between questions

function theme() {
  return document.body.dataset.jpThemeLight === "false" ? "dark" : "light";
}

function words(state, seconds) {
  if (state === "off") return "";
  if (state === "over" || seconds <= 0) return "Time is over";
  const standing = state === "standing" ? ", standing" : " left";
  if (seconds > 600) return `${Math.ceil(seconds / 60)} min${standing}`;
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}${standing}`;
}

function render({ model, el }) {
  el.classList.add("course-room-clock");
  el.innerHTML = `
    <div class="course-room-title" role="heading" aria-level="3"></div>
    <div class="course-room-time" role="timer" aria-live="off"></div>
    <div class="course-room-alarm" role="alert" hidden></div>
    <div class="course-room-spoken" role="status"></div>`;
  const [title, time, alarm, spoken] = el.children;
  let end = 0; // when the time is over, in this page's own time
  let asked = 0; // when the oldest unanswered question was sent; 0 if all are answered
  let before = Infinity;

  const ask = () => {
    if (!asked) asked = performance.now();
    try {
      model.send({ kind: "time", theme: theme() });
    } catch {
      // The kernel is gone; the alarm will say so.
    }
  };
  const set = (state, seconds) => {
    el.dataset.state = state;
    end = performance.now() + 1000 * seconds;
    before = seconds;
    tick();
  };
  const tick = () => {
    const state = el.dataset.state;
    const seconds = state === "running" ? (end - performance.now()) / 1000 : before;
    const text = words(state, seconds);
    if (time.textContent !== text) time.textContent = text;
    el.dataset.haste = state !== "running" || seconds > 600 ? "" : seconds > 120 ? "soon" : "now";
    if (state === "running") {
      for (const minutes of [15, 5, 1])
        if (before > 60 * minutes && seconds <= 60 * minutes)
          spoken.textContent = `${minutes} minute${minutes > 1 ? "s" : ""} left`;
      if (before > 0 && seconds <= 0) ask();
      before = seconds;
    }
    const gone = asked && performance.now() - asked > SLOW;
    if (alarm.hidden === Boolean(gone)) {
      alarm.hidden = !gone;
      alarm.textContent = gone
        ? "Python does not answer. Everything typed so far is kept; what you type now may not be. Restart the kernel and run this cell again."
        : "";
    }
  };

  const onState = () => set(model.get("state"), model.get("seconds"));
  const onTitle = () => { title.textContent = model.get("title"); };
  const onMessage = (message) => {
    asked = 0;
    if (message.state) set(message.state, message.seconds);
  };
  model.on("change:state", onState);
  model.on("change:seconds", onState);
  model.on("change:title", onTitle);
  model.on("msg:custom", onMessage);
  onTitle();
  onState();
  ask();
  const watch = new MutationObserver(ask);
  watch.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  const ticking = setInterval(tick, 250);
  const asking = setInterval(ask, EVERY);
  return () => {
    clearInterval(ticking);
    clearInterval(asking);
    watch.disconnect();
    model.off("change:state", onState);
    model.off("change:seconds", onState);
    model.off("change:title", onTitle);
    model.off("msg:custom", onMessage);
  };
}

export default { render };
