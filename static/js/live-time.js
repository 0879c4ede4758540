// <time data-live="ago|age|due" datetime>: kept current while the page stays open. Days away stay as they are.

const span = (minutes) => (minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`);

function refresh() {
  for (const time of document.querySelectorAll("time[data-live]")) {
    const minutes = Math.trunc((new Date(time.dateTime) - Date.now()) / 60000);
    const away = Math.abs(minutes);
    // Beyond six hours it is the seller's own day that decides the words, and the server knows it.
    if (Number.isNaN(away) || away >= 360) continue;
    const kind = time.dataset.live;
    const due = minutes > 0 ? `in ${span(away)}` : `${span(away)} late`;
    const words = kind === "due" ? due : kind === "age" ? span(away) : away < 1 ? "just now" : minutes > 0 ? `in ${span(away)}` : `${span(away)} ago`;
    if (time.textContent !== words) time.textContent = words;
  }
}

setInterval(refresh, 30000);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
