// The door through which JupyterLab loads an extension. Bundlers write this file for others; ours is
// small enough to need none: a container with `init`, which is handed JupyterLab's own modules, and
// `get`, which returns ours.
(() => {
  const here = document.currentScript.src;
  let modules = {};

  // One of JupyterLab's own modules, by the name of its package.
  const shared = async (name) => {
    const [version] = Object.values(modules[name]);
    return (await version.get())();
  };

  (window._JUPYTERLAB ??= {})["deep-learning-course"] = {
    init: (scope) => {
      modules = scope;
    },
    get: async () => {
      const { makePlugin } = await import(new URL("plugin.js", here).href);
      return () => ({ __esModule: true, default: makePlugin(shared) });
    },
  };
})();
