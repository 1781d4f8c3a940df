// Says what the notebook is to keep: in an event, which the course's extension listens to.
const PAUSE = 300; // milliseconds without a change, so that quick typing is written down once

function render({ model, el }) {
  let later = 0;
  const tell = () => {
    const texts = model.get("texts");
    if (!Object.keys(texts).length) return;
    el.dispatchEvent(new CustomEvent("course-output", { bubbles: true, detail: texts }));
  };
  const tellSoon = () => {
    clearTimeout(later);
    later = setTimeout(tell, PAUSE);
  };
  model.on("change:texts", tellSoon);
  tellSoon(); // after the page was loaded again, the file may be older than the widget
  return () => {
    clearTimeout(later);
    model.off("change:texts", tellSoon);
  };
}

export default { render };
