// <a data-sheet href>: the address opens in the sheet. Without it the same address is a page.

const sheet = document.getElementById("sheet");
let opened = "";

const edited = () => [...sheet.querySelectorAll("input, textarea, select")].some((field) =>
  field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : field.options
      ? [...field.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected)
      : field.type !== "hidden" && field.value !== field.defaultValue,
);

async function open(address) {
  // Closed with words in it and asked for again: they are still there.
  if (address !== opened || !edited()) {
    sheet.replaceChildren();
    await htmx.ajax("GET", address, { source: sheet, target: sheet, swap: "innerHTML" }).catch(() => {});
    if (!sheet.childElementCount) return;
    opened = address;
  }
  if (!sheet.open) sheet.showModal();
}

function dress() {
  const heading = sheet.querySelector("h1, h2");
  if (heading) {
    heading.id ||= "sheet-title";
    sheet.setAttribute("aria-labelledby", heading.id);
  }
  const head = sheet.querySelector(".sheet-head");
  if (head && !head.querySelector("[data-sheet-close]")) {
    const close = document.getElementById("sheet-close").content.firstElementChild.cloneNode(true);
    head.append(close);
  }
  sheet.querySelector("[autofocus], [aria-invalid=true]")?.focus();
}

const forget = () => {
  opened = "";
  sheet.close();
  sheet.replaceChildren();
};

if (sheet) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link.href);
    }
    // A cancel link inside leads to the page one is on already.
    if (event.target.closest("#sheet [data-sheet-close], #sheet [data-cancel]")) {
      event.preventDefault();
      sheet.close();
    }
  });
  document.addEventListener("sheet:open", (event) => open(event.detail.href));
  document.addEventListener("sheet:close", forget);
  sheet.addEventListener("htmx:afterSettle", dress);
  sheet.addEventListener("pointerdown", (event) => {
    const { left, right, top, bottom } = sheet.getBoundingClientRect();
    const outside = event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
    if (event.target === sheet && outside) sheet.close();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, requestConfig } = event.detail;
    // A form that its own answer replaced is not on the page any more; `elt` is what it stood in then.
    const stays = requestConfig.elt.closest("[data-sheet-stay]");
    if (successful && requestConfig.verb !== "get" && sheet.contains(elt) && !stays) forget();
  });
}
