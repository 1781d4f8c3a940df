// A button that copies the line of code which shows the explorer as it stands now.

const SAID = 2500; // milliseconds for which it says that it has copied

// `navigator.clipboard` is there only on secure pages; the second way works everywhere, but is older.
async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.cssText = "position: fixed; top: 0; opacity: 0";
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      // some browsers throw instead of saying no
    }
    area.remove();
    focused?.focus();
    return done;
  }
}

function render({ model, el }) {
  el.classList.add("course-explorer-copy");
  const button = document.createElement("button");
  button.className = "course-explorer-button";
  button.type = "button";
  button.textContent = "Copy";
  button.title = "Copy the line of code that shows it as it is now";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  el.append(said, button);
  let later = 0;

  button.addEventListener("click", async () => {
    const call = model.get("call");
    const done = await put(call);
    const code = document.createElement("code");
    code.textContent = call;
    said.replaceChildren(done ? "Copied " : "Could not copy; select it: ", code);
    clearTimeout(later);
    if (done) later = setTimeout(() => said.replaceChildren(), SAID);
  });
  return () => clearTimeout(later);
}

export default { render };
