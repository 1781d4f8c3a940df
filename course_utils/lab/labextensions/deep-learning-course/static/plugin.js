// What the course adds to every notebook in JupyterLab and Notebook 7; one module for each part.

import { explainNameErrors } from "./errors.js";
import { followAddress, followLinks } from "./links.js";
import { keepOutputs } from "./outputs.js";
import { saveByKey } from "./saving.js";

export const makePlugin = (shared) => ({
  id: "deep-learning-course:plugin",
  description: "Keeps what widgets show, says what to run first, follows links to sections, and saves by key from any field.",
  autoStart: true,
  activate: async (app) => {
    document.head.append(styleSheet());
    const lumino = await shared("@lumino/widgets");
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel) => {
        keepOutputs(app, panel, lumino);
        explainNameErrors(app, panel, lumino);
        followAddress(panel);
      },
    });
    followLinks(app);
    saveByKey(app);
  },
});

function styleSheet() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("look.css", import.meta.url).href;
  return link;
}
