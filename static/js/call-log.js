// <a data-call-log data-outcome="busy">: a call that was not tapped here. The call that waits, where one does;
// otherwise one with whom the link, or the page, is about. Without scripts the link is a page.

const user = self.callbackSeller?.();

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(`callback-calls-${user}`))?.findLast((call) => call.state === "called");
  } catch {
    return null;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-call-log]");
  if (!link || !user || event.ctrlKey || event.metaKey || event.shiftKey || !document.getElementById("call-sheet")) return;
  event.preventDefault();
  const made = self.callbackCall(link);
  const last = !made.contact && !made.prospect && waiting();
  const call = { ...(last || { ...made, loose: true, who: made.who || link.closest("[data-about]")?.dataset.about || "" }) };
  if (link.dataset.outcome) call.outcome = link.dataset.outcome;
  document.dispatchEvent(new CustomEvent("call-open", { detail: call }));
});

// Whom the line is about, chosen by a chip on the log page; tapped again it is nobody. Without scripts a link.
document.addEventListener("click", (event) => {
  const chip = event.target.closest("a[data-log-about]");
  const field = document.querySelector("form.quick-log [name=context]");
  if (!chip || !field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const on = field.value !== chip.dataset.logAbout;
  field.value = on ? chip.dataset.logAbout : "";
  for (const other of document.querySelectorAll("a[data-log-about]")) other.removeAttribute("aria-current");
  if (on) chip.setAttribute("aria-current", "true");
  const page = document.querySelector("[data-about]");
  page.dataset.about = on ? chip.dataset.who : "";
  page.querySelector("[data-about-words]").textContent = on ? ` with ${chip.dataset.who.split(/[ ,]/)[0]}` : "";
  // What is typed already is read anew.
  field.form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
});
