// What every page of ours needs: the theme, copying, printing. No request to any other host.
"use strict";
window.katsuyo = (() => {
  const root = document.documentElement;
  const actions = new Map();

  const remembered = (name) => {
    try { return localStorage.getItem(`katsuyo-${name}`) ?? ""; } catch { return ""; }
  };
  const remember = (name, value) => {
    try { localStorage.setItem(`katsuyo-${name}`, value); } catch { /* private window: not kept */ }
  };

  const wantsDark = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => remembered("theme") || (wantsDark.matches ? "dark" : "light");
  const showTheme = () => {
    root.dataset.theme = theme();
    document.querySelectorAll('[data-do="theme"]').forEach((button) =>
      button.setAttribute("aria-pressed", String(theme() === "dark")));
  };
  showTheme();
  wantsDark.addEventListener("change", showTheme);
  actions.set("theme", () => {
    remember("theme", theme() === "dark" ? "light" : "dark");
    showTheme();
  });

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const box = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(box);
      box.select();
      const copied = document.execCommand("copy");
      box.remove();
      return copied;
    }
  }

  actions.set("copy", async (button) => {
    const block = button.closest(".k-paper, .k-copybox").querySelector("[data-copy]");
    const copied = await toClipboard(block.textContent);
    if (!copied) getSelection().selectAllChildren(block);
    button.textContent = copied ? "コピーしました" : "選びました。Ctrl+Cで写せます";
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = "コピー"; }, 2500);
  });
  actions.set("print", (button) => {
    const turn = button.closest(".k-turn");
    turn?.classList.add("k-only");
    root.classList.toggle("k-print-one", Boolean(turn));
    print();
    turn?.classList.remove("k-only");
    root.classList.remove("k-print-one");
  });
  actions.set("unfold", (button) => {
    button.closest(".k-paper").classList.remove("k-folded");
    button.remove();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    if (button) actions.get(button.dataset.do)?.(button);
  });
  return { actions, remembered, remember, showTheme };
})();
