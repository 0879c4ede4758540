// The badge: "3 waiting", honest on every page.

const box = self.callbackOutbox;
const root = document.getElementById("outbox");
const GRACE = 1500; // ms in which what was just logged is on its way, and nobody need be told
const WHY = {
  offline: "no connection",
  "signed-out": "sign in to send",
  server: "the server does not answer",
  other: "somebody else is signed in here",
};
const part = (name) => root.querySelector(`[data-outbox-${name}]`);
let told = "";

async function count() {
  const items = (await box.all()).filter((item) => item.state !== "thrown");
  const refused = items.filter((item) => item.state === "refused").length;
  const waiting = items.length - refused;
  const oldest = Math.min(...items.map((item) => Date.parse(item.occurred_at)));
  const calm = !refused && !box.trouble && Date.now() - oldest < GRACE;
  if (calm && waiting) setTimeout(update, GRACE);
  part("badge").hidden = !items.length || calm;
  const why = waiting && box.trouble ? `: ${WHY[box.trouble]}` : "";
  const said = [waiting && `${waiting} waiting${why}`, refused && `${refused} not taken`].filter(Boolean).join(", ");
  if (part("count").textContent !== said) part("count").textContent = said;
  part("login").hidden = box.trouble !== "signed-out";
  part("login").search = new URLSearchParams({ next: location.pathname + location.search }); // back here, not to Today
  root.toggleAttribute("data-bad", refused > 0);
  const detail = { waiting, refused, trouble: box.trouble };
  if (JSON.stringify(detail) !== told) document.dispatchEvent(new CustomEvent("outbox-changed", { detail }));
  told = JSON.stringify(detail);
}

const update = () => count().catch((error) => console.warn("outbox", error));

if (root && box?.user) {
  document.addEventListener("outbox-told", ({ detail }) => {
    if ("trouble" in detail) box.trouble = detail.trouble;
    update();
  });
  addEventListener("pageshow", update);
}
