// The conversation: sends questions over Gradio's wires and puts the parts of answers into place.
"use strict";
(() => {
  const { actions, remember, showTheme, find, place, offline, LOST, start, addDialogs } = window.katsuyo;
  const box = (id) => find(`#${id} textarea, #${id} input`);
  const QUIET_MS = 8000;
  const turns = new Map();
  let last = 0;
  let running = 0;
  let heardAt = 0;
  let opener = null;

  // ── Gradio's wires ──
  function put(id, text) {
    const field = box(id);
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function send(field, text, button) {
    put(field, text);
    setTimeout(() => find(`#${button}`).click(), 40);
  }

  // ── asking ──
  function ask(text, alone = false) {
    if (running) return;
    if (!text.trim()) { box("k-question-box").focus(); }
    last += 1;
    const article = document.createElement("article");
    article.className = "k-turn";
    article.dataset.turn = last;
    const heading = Object.assign(document.createElement("h2"), { className: "k-sr", textContent: `質問${last}` });
    article.append(heading);
    turns.set(last, { article, text, alone, shown: new Map(), typed: box("k-question-box").value });
    place("welcome").hidden = true;
    place("log").append(article);
    draw(last, `<div data-part="asked" class="k-part k-asked"><p class="k-asked-text"></p></div>
      <p data-part="status" class="k-part k-status"><span class="k-dots"></span>送っています…</p>`);
    find(".k-asked-text", article).textContent = text;
    article.scrollIntoView({ block: "start", behavior: "instant" });
    setRunning(last);
    const department = place("departments").value;
    send("k-message", JSON.stringify({ turn: last, text, department, alone }), "k-send");
  }
  function setRunning(turn) {
    running = turn;
    heardAt = Date.now();
    document.documentElement.classList.toggle("k-running", Boolean(turn));
    place("log").setAttribute("aria-busy", String(Boolean(turn)));
  }

  // ── an answer arrives part by part; what did not change stays untouched ──
  function draw(number, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    merge(number, template.content);
  }
  function merge(number, source) {
    const { article, shown } = turns.get(number);
    let before = find("h2", article);
    const seen = new Set();
    for (const part of [...source.children].filter((child) => child.dataset.part)) {
      const name = part.dataset.part;
      seen.add(name);
      let current = find(`:scope > [data-part="${name}"]`, article);
      if (!current || shown.get(name) !== part.outerHTML) {
        const fresh = part.cloneNode(true);
        shown.set(name, part.outerHTML);
        current ? current.replaceWith(fresh) : before.after(fresh);
        current = fresh;
      }
      before = current;
    }
    for (const part of article.querySelectorAll(":scope > [data-part]")) {
      if (!seen.has(part.dataset.part)) { part.remove(); shown.delete(part.dataset.part); }
    }
  }
  function hear() {
    const answer = find("#k-live .k-answer");
    const number = Number(answer?.dataset.turn);
    if (!answer) return;
    if (number !== running) return halt(number);
    heardAt = Date.now();
    const turn = turns.get(number);
    if (turn.typed !== null && box("k-question-box").value === turn.typed) put("k-question-box", "");
    turn.typed = null;
    merge(number, answer);
    showSources(number);
    if (answer.dataset.state !== "waiting") finish();
  }
  function finish() { setRunning(0); }
  function close(number, sentence) {
    const { article, shown } = turns.get(number);
    find('[data-part="status"]', article)?.remove();
    shown.delete("status");
    const end = document.createElement("div");
    end.className = "k-part k-trouble";
    end.innerHTML = '<p></p><div class="k-row"><button type="button" class="k-btn k-primary" data-do="again">もう一度</button></div>';
    find("p", end).textContent = sentence;
    article.append(end);
    finish();
  }
  // Gradio can cancel an event only once it has an id: that is, after its first update.
  function halt(number) {
    const turn = turns.get(number);
    if (turn && !turn.halted && turn.article.dataset.state === "stopped") {
      turn.halted = true;
      find("#k-halt").click();
    }
  }
  function stop() {
    if (!running) return;
    const number = running;
    const turn = turns.get(number);
    turn.article.dataset.state = "stopped";
    close(number, "止めました。");
    if (turn.typed === null) halt(number);
    else if (!box("k-question-box").value) put("k-question-box", turn.text);
    box("k-question-box").focus();
  }
  async function watch() {
    const lostBefore = !place("offline").hidden;
    const quiet = running && Date.now() - heardAt > QUIET_MS;
    if (!quiet && !lostBefore && navigator.onLine) return;
    const alive = await fetch("/healthz", { cache: "no-store" }).then(() => true, () => false);
    offline(alive ? "" : LOST);
    if (alive || !running) return;
    const { text } = turns.get(running);
    close(running, LOST);
    if (!box("k-question-box").value) put("k-question-box", text);
  }

  // ── sources: a panel beside, a sheet below on narrow screens ──
  const wide = matchMedia("(min-width: 1100px)");
  function showSources(number) {
    const list = find('[data-part="sources"] ol', turns.get(number).article);
    const panel = place("sources");
    if (!list || panel.dataset.html === list.innerHTML) return;
    panel.dataset.html = list.innerHTML;
    panel.replaceChildren(list.cloneNode(true));
  }
  actions.set("source", (mark) => {
    const number = Number(mark.closest(".k-turn").dataset.turn);
    showSources(number);
    opener = mark;
    if (wide.matches) return point(place("sources"), mark.dataset.n);
    const list = find('[data-part="sources"] ol', turns.get(number).article);
    find(".k-sheet-body").replaceChildren(list.cloneNode(true));
    find(".k-sheet").showModal();
    point(find(".k-sheet-body"), mark.dataset.n);
  });
  function point(container, n) {
    container.querySelectorAll(".k-source").forEach((source) =>
      source.classList.toggle("k-current", source.dataset.n === n));
    const source = find(`.k-source[data-n="${n}"]`, container);
    source?.scrollIntoView({ block: "nearest" });
    source?.focus({ preventScroll: true });
  }

  // ── buttons ──
  const turnOf = (button) => Number(button.closest(".k-turn").dataset.turn);
  actions.set("ask", (button) => ask(button.dataset.value));
  actions.set("again", (button) => {
    const { text, alone } = turns.get(turnOf(button));
    ask(text, alone);
  });
  actions.set("reread", (button) => ask(find("[data-reading]", button.closest(".k-reading")).value, true));
  actions.set("alarm", (button) => {
    button.disabled = true;
    button.textContent = "知らせました";
    button.classList.add("k-chosen");
    send("k-remark", `false_alarm:${turnOf(button)}:${button.dataset.value}`, "k-tell");
  });
  actions.set("masked", (button) => {
    const article = button.closest(".k-turn");
    find(".k-asked-text", article).textContent = button.dataset.value;
    const part = button.closest(".k-findings");
    part.classList.add("k-settled");
    part.innerHTML = '<p tabindex="-1">伏せ字にして聞きました。答えは下にあります。</p>';
    find("p", part).focus();
  });
  const tell = (what) => (button) => {
    button.closest(".k-opinion").querySelectorAll("[data-do]").forEach((other) => {
      if (["helpful", "not_helpful"].includes(other.dataset.do)) other.disabled = true;
    });
    button.classList.add("k-chosen");
    send("k-remark", `${what}:${turnOf(button)}`, "k-tell");
  };
  actions.set("helpful", tell("helpful"));
  actions.set("not_helpful", tell("not_helpful"));
  function noted() {
    const said = find("#k-noted [data-note]");
    const [what, number] = (said?.dataset.note ?? "").split(":");
    const article = turns.get(Number(number))?.article;
    if (!article || !said.textContent) return;
    const part = find(what === "false_alarm" ? ".k-findings" : ".k-opinion", article);
    let line = find(".k-noted", part);
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "k-noted" });
      line.setAttribute("role", "status");
      part.append(line);
    }
    line.textContent = said.textContent;
  }
  actions.set("new", () => {
    stop();
    turns.clear();
    place("log").replaceChildren();
    place("sources").replaceChildren();
    place("sources").dataset.html = "";
    place("welcome").hidden = false;
    send("k-remark", "forget:0", "k-tell");
    scrollTo({ top: 0 });
    box("k-question-box").focus();
  });
  actions.set("desk", (button) => {
    const turn = button.closest(".k-turn") ?? [...turns.values()].at(-1)?.article;
    const asked = turn && (find(".k-findings [data-copy]", turn) ?? find(".k-asked-text", turn));
    const text = find("[data-desk-text]");
    if (text && asked) text.textContent = `次のことを相談させてください。「${asked.textContent}」`;
    opener = button;
    find(".k-desk").showModal();
  });
  actions.set("close", (button) => button.closest("dialog").close());

  // ── start ──
  function keys(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const typing = event.target === box("k-question-box");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing) {
      event.preventDefault();
      event.stopPropagation();
      ask(box("k-question-box").value);
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches?.("[data-reading]")) {
      event.preventDefault();
      find("[data-do='reread']", event.target.closest(".k-reading")).click();
    }
    if (event.key === "Escape" && !find("dialog[open]")) {
      if (running) return stop();
      if (event.target.closest?.("[data-place='sources']")) opener?.focus();
    }
  }
  function begin() {
    for (const id of ["k-top", "k-middle", "k-below", "k-panel"]) {
      find(`#${id}`).querySelectorAll(".prose, .md").forEach((node) => node.classList.remove("prose", "md"));
    }
    document.title = "活用ナビ";
    const field = box("k-question-box");
    field.id = "k-question";
    field.setAttribute("aria-label", "聞きたいこと");
    addDialogs({ closed: () => opener?.focus() });
    showTheme();
    new MutationObserver(hear).observe(find("#k-live"), { childList: true, subtree: true, characterData: true });
    new MutationObserver(noted).observe(find("#k-noted"), { childList: true, subtree: true });
    find("#k-ask").addEventListener("click", () => ask(field.value));
    find("#k-stop").addEventListener("click", stop);
    document.addEventListener("keydown", keys, true);
    place("departments").addEventListener("change", (event) => {
      remember("department", event.target.value);
      start();
    });
    addEventListener("offline", () => offline(LOST));
    addEventListener("online", () => offline(""));
    setInterval(watch, 2000);
    start().then(() => document.documentElement.classList.add("k-ready"));
  }
  const ready = () => ["log", "departments", "sources"].every(place)
    && ["k-message", "k-question-box", "k-remark"].every(box)
    && ["k-ask", "k-stop", "k-halt", "k-send", "k-tell", "k-live", "k-noted", "k-below"].every((id) => find(`#${id}`));
  const waiting = new MutationObserver(() => { if (ready()) { waiting.disconnect(); begin(); } });
  waiting.observe(document.documentElement, { childList: true, subtree: true });
})();
