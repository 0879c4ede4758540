// The second of two quick taps in one place was meant for the sheet that has just gone, not for what lay below it.

const SHIELD = 400, NEAR = 48; // ms after an answer, px from it, in which a tap means nothing
let quiet = 0, spot = { x: 0, y: 0 };

document.addEventListener("call-sheet-gone", () => (quiet = Date.now() + SHIELD));
addEventListener(
  "click",
  (event) => {
    const { clientX: x, clientY: y } = event;
    if (Date.now() > quiet || Math.hypot(x - spot.x, y - spot.y) > NEAR) return void (spot = { x, y });
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
