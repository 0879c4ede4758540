// The strip on top of every page: calls nobody has told about yet. It stays until each is answered.

const strip = document.getElementById("calls-waiting");
const user = self.callbackSeller?.();

function waiting() {
  try {
    return (JSON.parse(localStorage.getItem(`callback-calls-${user}`)) ?? []).filter((call) => call.state === "called");
  } catch {
    return [];
  }
}

function draw() {
  const calls = waiting();
  strip.hidden = !calls.length;
  if (!calls.length) return;
  const who = calls.at(-1).who.split(",")[0] || calls.at(-1).number;
  const words = `How did it go with ${who}?${calls.length > 1 ? ` And ${calls.length - 1} more.` : ""}`;
  const place = strip.querySelector("[data-calls-words]");
  if (place.textContent !== words) place.textContent = words;
}

if (strip && user) {
  document.addEventListener("calls-changed", draw);
  addEventListener("pageshow", draw);
  strip.addEventListener("click", () => {
    const call = waiting().at(-1);
    if (call) document.dispatchEvent(new CustomEvent("call-open", { detail: call }));
  });
  draw();
}
