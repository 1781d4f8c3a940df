// Sends a number to Python, waits for it to come back, and so on; then shows the median time.
export default {
  render({ model, el }) {
    const line = document.createElement("div");
    line.setAttribute("role", "status");
    line.setAttribute("aria-busy", "true"); // so that without Python the notebook's own words stand here
    line.textContent = "… waiting for Python to answer";
    el.append(line);
    const times = [];
    let sent = 0;
    const send = () => {
      sent = performance.now();
      model.send({ trip: times.length });
    };
    const received = (message) => {
      if (message.trip !== times.length) return;
      times.push(performance.now() - sent);
      if (times.length < model.get("trips")) return send();
      const median = times.sort((a, b) => a - b)[times.length >> 1];
      line.removeAttribute("aria-busy");
      line.textContent = `✓ Widgets work: ${median.toFixed(0)} ms from the browser to Python and back.`;
    };
    model.on("msg:custom", received);
    send();
    return () => model.off("msg:custom", received);
  },
};
