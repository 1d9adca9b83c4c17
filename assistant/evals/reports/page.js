// Filters the list of questions and opens the one that a link points to. Works on the page's own
// elements only; text of answers is never written as markup.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const cases = [...document.querySelectorAll(".case")];
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const field = (name) => form.elements.namedItem(name);
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const texts = new Map();

  const textOf = (one) => {
    if (!texts.has(one)) texts.set(one, folded(one.textContent));
    return texts.get(one);
  };
  const words = (text) => text.split(" ").filter(Boolean);
  const fits = (one, wanted) =>
    (!wanted.metric || words(one.dataset.lost).includes(wanted.metric)) &&
    (!wanted.department || one.dataset.department === wanted.department) &&
    (!wanted.type || one.dataset.type === wanted.type) &&
    (!wanted.state || words(one.dataset.state).includes(wanted.state)) &&
    wanted.search.every((word) => textOf(one).includes(word));

  const apply = () => {
    const wanted = {
      metric: field("metric").value,
      department: field("department").value,
      type: field("type").value,
      state: field("state").value,
      search: folded(field("search").value).split(/\s+/).filter(Boolean),
    };
    let shown = 0;
    for (const one of cases) {
      one.hidden = !fits(one, wanted);
      if (!one.hidden) shown += 1;
    }
    count.textContent = `${cases.length}問のうち ${shown}問`;
    nothing.hidden = shown > 0;
  };

  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.classList.contains("case")) return;
    if (target.hidden) {
      form.reset();
      apply();
    }
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  for (const button of document.querySelectorAll("button[data-metric]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      form.reset();
      field("metric").value = button.dataset.metric;
      apply();
      document.getElementById("cases").scrollIntoView();
      field("metric").focus({ preventScroll: true });
    });
  }
  window.addEventListener("hashchange", openTarget);
  form.hidden = false;
  apply();
  openTarget();
})();
