// Widgets whose Python is gone. A notebook that was saved and opened again holds, beside each
// widget, the picture or the text of it: that is shown, with a line that says how to go on. A
// widget whose kernel was restarted under it stays as it is, out of use, with such a line; if it had
// nothing to show yet (it says so by `aria-busy`), what the notebook holds takes its place, too.
//
// And the other way round: what a widget says in its `course-output` event is what the notebook
// keeps of it from then on, so that the file always holds what was typed.

import { atCell, quietLine } from "./notebook.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const RANK = -10; // as ipywidgets has it: before every picture and text
const PATIENCE = 300; // milliseconds; a widget that comes sooner is waited for without a picture

const RESTARTED = "Python was restarted: run this cell again";
const STOPPED = "Python has stopped: run this cell again";
const SAYS = { restarting: RESTARTED, autorestarting: RESTARTED, terminating: STOPPED, dead: STOPPED };

export function keepOutputs(app, panel, { Panel, Widget }) {
  const { rendermime } = panel.content;
  const shown = new Set();
  let ofWidgets = rendermime.getFactory(VIEW);

  class Output extends Panel {
    constructor(options) {
      super();
      this.addClass("course-output");
      this.options = options;
      this.arrival = new MutationObserver(() => this.show());
      this.stored = null; // what the notebook keeps of the widget, where that is on view
      this.line = new Widget({ node: quietLine() });
      this.addWidget(this.line);
      this.take();
      this.node.addEventListener("course-output", (event) => keep(panel, this.id_, event.detail));
      shown.add(this);
    }

    // Have ipywidgets render, here, from now on.
    take() {
      this.inner?.dispose();
      this.left = false; // whether its Python is gone before it had anything to show
      this.inner = ofWidgets.createRenderer(this.options);
      this.insertWidget(0, this.inner);
      this.arrival.disconnect();
      this.arrival.observe(this.inner.node, { childList: true });
      if (this.model) this.ask();
    }

    get alive() {
      return this.inner.widgets.length > 0 && !this.left;
    }

    async renderModel(model) {
      const { model_id } = model.data[VIEW];
      const same = model_id === this.id_;
      this.model = model;
      this.id_ = model_id;
      if (same) return; // only what the notebook keeps of it has changed
      this.waiting = setTimeout(() => this.show(), PATIENCE);
      await this.ask();
    }

    async ask() {
      const { inner } = this;
      await inner.renderModel(this.model);
      if (inner !== this.inner || this.isDisposed) return;
      this.show();
      if (!this.alive) this.say("Run this cell to continue");
    }

    // Show the widget if it is there, which may come late, and otherwise what the notebook keeps.
    show() {
      if (this.isDisposed) return;
      this.inner.setHidden(!this.alive);
      if (!this.alive) {
        this.stored ??= this.render();
        return;
      }
      clearTimeout(this.waiting);
      this.stored?.dispose();
      this.stored = null;
      this.say("");
    }

    render() {
      const { [VIEW]: _, ...data } = this.model.data;
      const mimeType = rendermime.preferredMimeType(data, "any");
      if (!mimeType) return null;
      const stored = rendermime.createRenderer(mimeType);
      stored.addClass("course-output-stored");
      this.insertWidget(1, stored);
      stored.renderModel(this.model);
      return stored;
    }

    say(text) {
      const run = () => atCell(app, panel, this.node, "notebook:run-cell");
      this.line.node.replaceChildren(...(text ? quietLine([text, run]).childNodes : []));
    }

    stop(text) {
      if (this.inner.node.inert || !this.inner.widgets.length) return;
      this.inner.node.inert = true;
      this.inner.addClass("course-output-stopped");
      this.left = this.inner.node.querySelector('[aria-busy="true"]') !== null;
      this.show();
      this.say(text);
    }

    dispose() {
      shown.delete(this);
      this.arrival.disconnect();
      clearTimeout(this.waiting);
      super.dispose();
    }
  }

  // ipywidgets gives each notebook a renderer of its own when it comes to know it, which may be
  // after the first outputs were rendered.
  const addFactory = rendermime.addFactory.bind(rendermime);
  rendermime.addFactory = (factory, rank) => {
    if (!factory.mimeTypes.includes(VIEW)) return addFactory(factory, rank);
    ofWidgets = factory;
    addFactory({ ...factory, createRenderer: (options) => new Output(options) }, rank);
    shown.forEach((output) => output.take());
  };
  if (ofWidgets) {
    rendermime.removeMimeType(VIEW);
    rendermime.addFactory(ofWidgets, RANK);
  }

  const stop = (text) => shown.forEach((output) => output.stop(text));
  const { sessionContext } = panel;
  sessionContext.statusChanged.connect((_, status) => SAYS[status] && stop(SAYS[status]));
  sessionContext.kernelChanged.connect((_, { oldValue, newValue }) => {
    if (oldValue?.id !== newValue?.id) stop(STOPPED);
  });
}

// Put texts, by mime type, into the outputs that show a widget.
function keep(panel, id, texts) {
  for (const { outputs } of panel.content.model.cells) {
    for (let i = 0; i < (outputs?.length ?? 0); i++) {
      const output = outputs.get(i);
      if (output.data[VIEW]?.model_id !== id) continue;
      if (Object.entries(texts).every(([mime, text]) => output.data[mime] === text)) continue;
      const stored = output.toJSON();
      outputs.set(i, { ...stored, data: { ...stored.data, ...texts } });
    }
  }
}
