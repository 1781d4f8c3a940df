// A cell that was run before the one it needs: under its NameError stands which cell that is.

import { atCell, quietLine } from "./notebook.js";

const ERROR = "application/vnd.jupyter.error";
const STDERR = "application/vnd.jupyter.stderr"; // as which JupyterLab shows every error
const RANK = 100; // before JupyterLab's own rendering as text

export function explainNameErrors(app, panel, { Panel, Widget }) {
  const { rendermime } = panel.content;

  class Explained extends Panel {
    async renderModel(model) {
      const error = rendermime.createRenderer(STDERR);
      this.widgets.forEach((widget) => widget.dispose());
      this.addWidget(error);
      await error.renderModel(model);
      const { ename, evalue } = model.data[ERROR];
      const name = ename === "NameError" && /^name '(\w+)' is not defined/.exec(evalue)?.[1];
      const words = name && this.explain(name, model);
      if (words) this.addWidget(new Widget({ node: quietLine(...words) }));
    }

    explain(name, model) {
      const cells = [...panel.content.model.cells];
      const here = cells.findIndex((cell) => shows(cell, model));
      const above = cells.slice(0, here).findLastIndex((cell) => maker(cell, name));
      const source = above < 0 ? cells.findIndex((cell) => maker(cell, name)) : above;
      if (source < 0 || source === here) return null;
      const go = () => panel.content.scrollToCell(panel.content.widgets[source]);
      const place = [maker(cells[source], name), go, "code"];
      if (above < 0) return [`${name} comes from a cell further down, with `, place];
      const run = () =>
        atCell(app, panel, this.node, "notebook:run-all-above", "notebook:run-cell");
      return [`${name} comes from the cell with `, place, " · ", ["Run the cells above first, then this one", run]];
    }
  }

  rendermime.addFactory(
    { safe: true, mimeTypes: [ERROR], createRenderer: () => new Explained() },
    RANK,
  );
}

function shows(cell, model) {
  const { outputs } = cell;
  for (let i = 0; i < (outputs?.length ?? 0); i++) if (outputs.get(i) === model) return true;
  return false;
}

// The line in which a cell gives the name a value, by an import, a definition, an assignment or a
// loop; "" if it does not.
function maker(cell, name) {
  if (cell.type !== "code") return "";
  const source = cell.sharedModel.getSource();
  const word = `\\b${name}\\b`;
  const found = [
    `^[^\\S\\n]*(?:from\\s+\\S+\\s+)?import\\s+(?:\\([^)]*|[^(\\n]*)${word}`,
    `^(?:async\\s+)?(?:def|class)\\s+${word}`,
    `^\\(?(?:[\\w.*]+\\s*,\\s*)*\\*?${word}(?:\\s*[,:)][^=\\n]*)?\\s*=(?!=)`,
    `^(?:for|with)\\s.*${word}.*:`,
  ]
    .map((pattern) => source.match(new RegExp(pattern, "m")))
    .find(Boolean);
  if (!found) return "";
  const line = source.slice(found.index).split("\n", 1)[0].trim();
  return line.length > 60 || line.endsWith("(") ? `${line.slice(0, 58)} …` : line;
}
