// Dark, light, or as the system has it: kept in a cookie, so that the server draws the page right at once.

const root = document.documentElement;

function set(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const age = theme ? 31536000 : 0;
  // The name that crm/web/context.py gives it.
  const [name, secure] = location.protocol === "https:" ? ["__Host-theme", "; secure"] : ["theme", ""];
  document.cookie = `${name}=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
  mark();
}

function mark() {
  for (const button of document.querySelectorAll("[data-theme-set]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeSet === (root.dataset.theme ?? "")));
  }
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-theme-set]");
  if (chosen) {
    event.preventDefault(); // the form behind it does the same without scripts
    return set(chosen.dataset.themeSet);
  }
  if (!event.target.closest("[data-theme-toggle]")) return;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  set((root.dataset.theme ?? system) === "dark" ? "light" : "dark");
});

mark();
