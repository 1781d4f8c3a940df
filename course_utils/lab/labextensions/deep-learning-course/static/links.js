// Links from one notebook to a section of another, or of itself. JupyterLab opens such a link at the
// notebook's beginning: it looks for the section before it has drawn what stands above. Links in
// widgets it does not see at all, and the browser would leave the page.

const SETTLED = 20; // looks in a row at which the section stands where it stood before
const EVERY = 50; // milliseconds between looks
const PATIENCE = 20_000;

const { pathname, hash } = location; // as the page was asked for: JupyterLab changes it at once

export function followLinks(app) {
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const panel = [...app.shell.widgets("main")].find((widget) => widget.node.contains(link));
      const target = panel?.context && targetOf(link, panel.context.path);
      if (!target) return;
      event.preventDefault();
      event.stopPropagation();
      open(app, panel, target, link.closest(".course-room") !== null);
    },
    true,
  );
}

// Go to the section that the page's address names.
export function followAddress(panel) {
  if (hash && decodeURIComponent(pathname).endsWith(`/${panel.context.path}`)) goTo(panel, hash);
}

// The notebook and section a link leads to: null if it leads elsewhere.
function targetOf(link, path) {
  if (link.classList.contains("jp-InternalAnchorLink")) return null; // JupyterLab's mark at a heading
  const href = link.getAttribute("href");
  if (href.startsWith("#")) return { path, section: href };
  const files = `${settings().baseUrl}files/`; // where JupyterLab lets links in Markdown lead
  const relative = !/^([a-z][a-z\d+.-]*:|\/)/i.test(href);
  if (!relative && (link.origin !== location.origin || !link.pathname.startsWith(files))) return null;
  const url = relative ? new URL(href, `${location.origin}${files}${encodeURI(path)}`) : link;
  if (!url.pathname.endsWith(".ipynb")) return null;
  return { path: decodeURIComponent(url.pathname.slice(files.length)), section: url.hash };
}

async function open(app, from, { path, section }, beside) {
  if (path === from.context.path) return goTo(from, section);
  const notebook7 = app.name === "Jupyter Notebook";
  if (notebook7 || (beside && app.shell.mode === "single-document")) {
    const address = path.split("/").map(encodeURIComponent).join("/");
    const page = `${settings().baseUrl}${notebook7 ? "notebooks" : "doc/tree"}/${address}${section}`;
    return window.open(page, "_blank", "noopener");
  }
  const options = beside ? { mode: "split-right", ref: from.id } : {};
  const panel = await app.commands.execute("docmanager:open", { path, options });
  if (panel) goTo(panel, section);
}

async function goTo(panel, section) {
  await Promise.all([panel.revealed, panel.context.ready]);
  const { content } = panel;
  const id = decodeURIComponent(section.slice(1));
  const index = content.widgets.findIndex(({ model }) => headings(model).includes(plain(id)));
  if (index < 0) return panel.setFragment(section);
  content.activeCellIndex = index;
  await keepInSight(content, index, id);
}

// Scroll to a section until nothing above it moves any more, or the reader takes over.
async function keepInSight(content, index, id) {
  let theirs = false;
  const takeOver = () => { theirs = true; };
  const acts = ["wheel", "pointerdown", "keydown"];
  for (const act of acts) content.node.addEventListener(act, takeOver, { once: true });
  const selector = `[data-jupyter-id="${CSS.escape(id)}"], [id="${CSS.escape(id)}"]`;
  const end = performance.now() + PATIENCE;
  let top = NaN;
  const drawn = () => content.widgets.slice(0, index + 1).every((it) => !it.isPlaceholder());
  for (let still = 0; still < SETTLED && !theirs && performance.now() < end; ) {
    const cell = content.widgets[index].node;
    if (!cell.isConnected) content.scrollToItem(index, "start").catch(() => {}); // may never settle
    (cell.querySelector(selector) ?? cell).scrollIntoView({ block: "start" });
    const now = cell.isConnected ? cell.getBoundingClientRect().top : NaN;
    still = now === top && drawn() ? still + 1 : 0;
    top = now;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  for (const act of acts) content.node.removeEventListener(act, takeOver);
}

function headings(model) {
  if (model.type !== "markdown") return [];
  const text = model.sharedModel.getSource().replace(/^```[\s\S]*?^```/gm, "");
  return [...text.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map((match) => plain(match[1]));
}

// A heading as its address has it, without what only sets it in type.
const plain = (heading) => heading.replace(/[*_`$\\]/g, "").replace(/ /g, "-");

const settings = () => JSON.parse(document.getElementById("jupyter-config-data").textContent);
