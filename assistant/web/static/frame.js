// What stands around the conversation: starting cards, departments, dialogs, the offline line.
"use strict";
(() => {
  const { remembered } = window.katsuyo;
  const find = (selector, root = document) => root.querySelector(selector);
  const place = (name) => find(`[data-place="${name}"]`);
  function offline(sentence) {
    place("offline").textContent = sentence;
    place("offline").hidden = !sentence;
  }
  const LOST = "つながりが切れました。入力した文は残っています。つながったら、もう一度送ってください。";
  async function start() {
    const department = remembered("department");
    const query = new URLSearchParams({ department });
    const reply = await fetch(`/parts/start?${query}`).catch(() => null);
    if (!reply) return offline(LOST);
    const text = await reply.text();
    if (!reply.ok) return offline(text);
    const parts = new DOMParser().parseFromString(text, "text/html");
    for (const part of parts.querySelectorAll("[data-into]")) {
      place(part.dataset.into)?.replaceChildren(...part.childNodes);
    }
  }
  function addDialogs({ closed }) {
    document.body.insertAdjacentHTML("beforeend", `
      <dialog class="k-dialog k-desk" aria-label="相談窓口"><div data-place="desk"></div></dialog>
      <dialog class="k-dialog k-sheet" aria-label="出典"><div class="k-dialog-top"><h2>出典</h2>
      <button type="button" class="k-btn k-quiet" data-do="close">閉じる</button></div>
      <div class="k-sheet-body"></div></dialog>`);
    for (const dialog of document.querySelectorAll("dialog.k-dialog")) {
      dialog.addEventListener("close", closed);
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      let from = null;
      dialog.addEventListener("touchstart", (event) => {
        from = dialog.scrollTop <= 0 ? event.touches[0].clientY : null;
      }, { passive: true });
      dialog.addEventListener("touchend", (event) => {
        if (from !== null && event.changedTouches[0].clientY - from > 80) dialog.close();
      });
    }
  }
  Object.assign(window.katsuyo, { find, place, offline, LOST, start, addDialogs });
})();
