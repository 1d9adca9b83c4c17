// 資料の管理: files come in, forms are sent, long work is followed. No request to any other host.
"use strict";
(() => {
  const { actions, remembered, remember } = window.katsuyo;
  const LOST = "つながりが切れました。入力した内容は残っています。つながったら、もう一度押してください。";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  async function post(path, given) {
    const body = JSON.stringify(given);
    const headers = { "content-type": "application/json" };
    const reply = await fetch(path, { method: "POST", body, headers }).catch(() => null);
    if (!reply) return { error: LOST };
    return reply.json().catch(() => ({ error: LOST }));
  }

  function follow(told) {
    if (told.job) {
      const note = document.createElement("div");
      note.className = "e-work";
      note.dataset.job = told.job;
      note.dataset.go = told.go;
      note.setAttribute("role", "status");
      note.innerHTML = '<p><b></b> <span class="e-left"></span></p><progress max="1"></progress>'
        + '<p class="k-note e-item"></p><p class="k-note">このページを離れても、止まりません。</p>';
      note.querySelector("b").textContent = told.doing;
      return note;
    }
    if (told.go) location.assign(told.go);
    return null;
  }

  function wrong(root, sentence) {
    const place = root.querySelector(".e-wrong");
    if (!place) return alert(sentence);
    place.textContent = sentence;
    place.hidden = !sentence;
    if (sentence) place.scrollIntoView({ block: "nearest" });
  }

  // ── forms ──────────────────────────────────────────────────────────────────
  async function send(form) {
    const button = form.querySelector("button:not([type=button])");
    const given = Object.fromEntries(new FormData(form));
    if (given.author !== undefined) remember("author", given.author);
    wrong(form, "");
    button.disabled = true;
    const told = await post(form.dataset.send, given);
    button.disabled = false;
    if (told.error) return wrong(form, told.error);
    if (form.dataset.keep) sessionStorage.removeItem(`katsuyo-${form.dataset.keep}`);
    const work = follow(told);
    if (work) {
      form.replaceWith(work);
      watch(work);
    }
  }

  all("form[data-send]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  }));
  // What was changed is kept when a person goes on without pressing 書きかえる.
  all("a[data-save]").forEach((link) => {
    const form = document.querySelector('form[data-send$="/update"]');
    let changed = false;
    form?.addEventListener("input", () => { changed = true; });
    link.addEventListener("click", async (event) => {
      if (!changed) return;
      event.preventDefault();
      const told = await post(form.dataset.send, Object.fromEntries(new FormData(form)));
      if (told.error) wrong(form, told.error);
      else location.assign(link.href);
    });
  });
  all("[data-remember]").forEach((input) => { input.value ||= remembered(input.dataset.remember); });

  all("form[data-keep]").forEach((form) => {
    const name = `katsuyo-${form.dataset.keep}`;
    const isNew = !form.elements.draft?.value;
    if (isNew) {
      const kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
      for (const [key, value] of Object.entries(kept)) if (form.elements[key]) form.elements[key].value = value;
      form.addEventListener("input", () =>
        sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(new FormData(form)))));
    }
  });

  const key = new URLSearchParams(location.hash.slice(1)).get("key");
  const door = document.querySelector("form[data-key]");
  if (key) history.replaceState(null, "", location.pathname);
  if (key && door) {
    door.elements.key.value = key;
    send(door);
  }

  // ── buttons ────────────────────────────────────────────────────────────────
  async function press(button, path, given) {
    if (button.dataset.sure && !confirm(button.dataset.sure)) return;
    button.disabled = true;
    const told = await post(path, given);
    button.disabled = false;
    if (told.error) return alert(told.error);
    const work = follow(told);
    if (work) {
      button.replaceWith(work);
      watch(work);
    }
  }
  all("[data-post]").forEach((button) => button.addEventListener("click", () =>
    press(button, button.dataset.post, JSON.parse(button.dataset.json ?? "{}"))));
  actions.set("remove", (button) => {
    button.dataset.sure = "この下書きを消しますか? 公開中の資料はそのままです。";
    press(button, button.dataset.value, {});
  });

  // ── long work ──────────────────────────────────────────────────────────────
  const left = (seconds) => {
    if (seconds === null) return "";
    return seconds < 60 ? `あと約${seconds}秒` : `あと約${Math.ceil(seconds / 60)}分`;
  };
  async function watch(work) {
    for (;;) {
      const reply = await fetch(`/editor/jobs/${work.dataset.job}`).catch(() => null);
      const job = reply?.ok ? await reply.json() : null;
      if (job?.finished && job.error) {
        work.classList.add("e-failed");
        work.innerHTML = '<p class="e-said"></p><button type="button" class="k-btn">開き直す</button>';
        work.querySelector("p").textContent = `✕ ${job.error}`;
        work.querySelector("button").addEventListener("click", () => location.reload());
        return;
      }
      if (job?.finished) {
        if (work.closest(".e-list")) {
          work.remove();
          return document.querySelector(".e-list [data-job]") ? undefined : location.reload();
        }
        return location.pathname === job.go ? location.reload() : location.assign(job.go);
      }
      if (job) {
        const bar = work.querySelector("progress");
        if (job.total > 1) bar.value = job.done / job.total;
        work.querySelector(".e-left").textContent = left(job.seconds_left);
        work.querySelector(".e-item").textContent = job.item;
      }
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  }
  all("[data-job]").forEach(watch);

  // ── files ──────────────────────────────────────────────────────────────────
  function upload(file, row) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/editor/upload?name=${encodeURIComponent(file.name)}`);
      request.responseType = "json";
      const bar = row.querySelector("progress");
      const begun = Date.now();
      request.upload.addEventListener("progress", (event) => {
        bar.value = event.loaded / event.total;
        const took = (Date.now() - begun) / 1000;
        const rest = Math.round(took / event.loaded * (event.total - event.loaded));
        row.querySelector(".e-left").textContent = took > 2 && rest > 0 ? left(rest) : "";
      });
      request.upload.addEventListener("load", () => {
        bar.removeAttribute("value");
        row.querySelector(".e-left").textContent = "届きました。読みとっています…";
      });
      request.addEventListener("load", () => resolve(request.response ?? { error: LOST }));
      request.addEventListener("error", () => resolve({ error: LOST }));
      request.send(file);
    });
  }

  async function bring(zone, files) {
    const list = zone.querySelector(".e-coming");
    const came = [];
    let failed = false;
    for (const file of files) {
      const row = document.createElement("li");
      row.innerHTML = '<b></b> <span class="e-left"></span><progress max="1"></progress>';
      row.querySelector("b").textContent = file.name;
      list.append(row);
      const told = await upload(file, row);
      row.querySelector("progress").remove();
      row.querySelector(".e-left").textContent = told.error ? `✕ ${told.error}` : "✓ 下書きになりました";
      row.classList.toggle("e-failed", Boolean(told.error));
      failed ||= Boolean(told.error);
      if (told.go) came.push(told.go);
    }
    if (failed) return;
    if (came.length === 1) location.assign(came[0]);
    else if (came.length) location.reload();
  }

  all("form[data-drop]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    input.addEventListener("change", () => { bring(zone, [...input.files]); });
    for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("e-over");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) zone.classList.remove("e-over");
    });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("e-over");
      bring(zone, [...event.dataTransfer.files]);
    });
  });

  // ── times, read while they are typed ───────────────────────────────────────
  all("form[data-times]").forEach((form) => {
    const place = form.querySelector(".e-times-read");
    let waiting = 0;
    const look = async () => {
      const [before, after] = [form.elements.before.value, form.elements.after.value];
      const told = await post("/editor/times", { before, after });
      if (told.error || form.elements.before.value !== before || form.elements.after.value !== after) return;
      place.textContent = [told.say, told.hint].filter(Boolean).join("  ");
      place.classList.toggle("e-read", Boolean(told.say) && !told.hint);
    };
    form.addEventListener("input", (event) => {
      if (!["before", "after"].includes(event.target.name)) return;
      clearTimeout(waiting);
      waiting = setTimeout(look, 250);
    });
    if (form.elements.before.value || form.elements.after.value) look();
  });
})();
