// <callback-palette data-url>: find or do, on Ctrl/Cmd-K and /. Without it the link is a page.

const RECENT = "callback:recent"; // of this tab only: names do not outlive the session

class Palette extends HTMLElement {
  connectedCallback() {
    this.remember();
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-palette-open]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        this.open();
      }
    });
  }

  build() {
    const template = this.querySelector("template");
    this.append(template.content.cloneNode(true));
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.results = this.querySelector("[data-results]");
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(), 80);
    });
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.results.addEventListener("click", (event) => event.target.closest("[data-sheet], [data-log-for]") && this.dialog.close());
    this.dialog.addEventListener("close", () => this.request?.abort());
    this.results.addEventListener("pointermove", (event) => {
      const option = event.target.closest("a[href]");
      if (option && !option.hasAttribute("data-current")) this.choose(option, false);
    });
  }

  open() {
    if (!this.dialog) this.build();
    if (this.dialog.open) return this.input.select();
    this.dialog.showModal();
    this.input.select();
    this.find();
  }

  async find() {
    const q = this.input.value.trim();
    this.request?.abort();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.url}?${new URLSearchParams({ q })}`, { headers: { "HX-Request": "true" }, signal: this.request.signal });
      if (answer.headers.get("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
      this.results.innerHTML = answer.ok ? await answer.text() : "";
    } catch (error) {
      if (error.name === "AbortError") return;
      this.results.replaceChildren();
    }
    if (!q) this.results.prepend(...this.group("Recent", this.recent(), "history"));
    const pages = [...document.querySelectorAll(".side-nav li a")].map((a) => [a.textContent.trim(), a.href]);
    const wanted = q && pages.filter(([name]) => name.toLowerCase().startsWith(q.toLowerCase()));
    if (wanted?.length) this.results.append(...this.group("Go to", wanted, "arrow-right"));
    this.options().forEach((option, n) => Object.assign(option, { id: `palette-${n}`, role: "option", tabIndex: -1 }));
    for (const list of this.results.querySelectorAll("ul")) {
      list.role = "group";
      const heading = list.previousElementSibling;
      list.ariaLabel = heading?.textContent ?? "";
      if (heading) heading.role = "presentation";
      list.querySelectorAll("li").forEach((item) => (item.role = "presentation"));
    }
    this.choose(this.options()[0]);
  }

  // A heading and a list of [name, address], drawn as the server draws its own.
  group(title, pairs, icon) {
    if (!pairs.length) return [];
    const heading = Object.assign(document.createElement("h2"), { textContent: title });
    const list = document.createElement("ul");
    for (const [name, address] of pairs) {
      const link = Object.assign(document.createElement("a"), { href: address });
      const mark = this.querySelector("svg").cloneNode(true);
      const use = mark.querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
      link.append(mark, Object.assign(document.createElement("span"), { textContent: name }));
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    return [heading, list];
  }

  options() {
    return [...this.results.querySelectorAll("a[href]")];
  }

  choose(option, scroll = true) {
    for (const one of this.options()) {
      one.toggleAttribute("data-current", one === option);
      one.ariaSelected = String(one === option);
    }
    this.input.setAttribute("aria-activedescendant", option?.id ?? "");
    if (scroll) option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const all = this.options();
    const here = all.findIndex((one) => one.hasAttribute("data-current"));
    const by = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
    if (by && all.length) {
      event.preventDefault();
      this.choose(all[(here + by + all.length) % all.length]);
    } else if (event.key === "Enter" && !event.isComposing && all[here]) {
      event.preventDefault();
      this.dialog.close();
      const { brief } = all[here].dataset;
      if (event.shiftKey && brief) return document.dispatchEvent(new CustomEvent("sheet:open", { detail: { href: brief } }));
      all[here].click();
    }
  }

  recent() {
    return JSON.parse(sessionStorage.getItem(RECENT) || "[]").filter(([, address]) => address !== location.pathname);
  }

  // A page of one record ends in its number.
  remember() {
    const name = document.querySelector("main h1")?.textContent.trim();
    if (!name || !/\/\d+\/$/.test(location.pathname)) return;
    const all = [[name, location.pathname], ...this.recent()].slice(0, 7);
    sessionStorage.setItem(RECENT, JSON.stringify(all));
  }
}

// "Log something for Halden": the line is about that prospect. Where no box is in sight the link opens the log page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-log-for]");
  const form = document.querySelector("form.quick-log");
  if (!link || !form?.checkVisibility() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const line = form.elements.text;
  const context = form.elements.context ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "context" }));
  context.value = link.dataset.logFor;
  line.placeholder = `What happened at ${link.dataset.logName}?`;
  line.focus();
});

customElements.define("callback-palette", Palette);
