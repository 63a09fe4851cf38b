// Suggestions while a question is typed: what can come next, below the box. Without this script the box works all the same.
"use strict";
(() => {
  const PAUSE = 80; // milliseconds without a key before the server is asked
  for (const input of document.querySelectorAll("input[data-suggest]")) attach(input);

  function attach(input) {
    const list = document.createElement("ul");
    list.id = `${input.id}-list`;
    list.className = "suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel || "");
    input.closest(".row").append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);

    let timer = 0;
    let running = null; // the request under way
    let chosen = -1;

    const close = () => {
      clearTimeout(timer);
      running?.abort();
      running = null;
      chosen = -1;
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (at) => {
      chosen = at;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      const item = list.children[at];
      if (item) {
        input.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    };
    const take = (item) => {
      input.value = `${item.textContent} `;
      close();
      input.focus();
      timer = setTimeout(ask, PAUSE);
    };
    const show = (texts) => {
      list.replaceChildren(...texts.map((text, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = text;
        return item;
      }));
      list.hidden = texts.length === 0;
      input.setAttribute("aria-expanded", String(texts.length > 0));
      mark(-1);
    };
    const ask = async () => {
      running?.abort();
      const request = new AbortController();
      running = request;
      try {
        const answer = await fetch(input.dataset.suggest + encodeURIComponent(input.value), { signal: request.signal, headers: { accept: "application/json" } });
        const texts = answer.ok ? await answer.json() : [];
        if (running === request) show(texts);
      } catch {
        if (running === request) close(); // no suggestions is no harm; the question can be asked
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    // An empty box offers questions to begin with.
    input.addEventListener("click", () => {
      if (input.value === "" && list.hidden) ask();
    });
    input.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (last < 0 || event.isComposing) {
        return;
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        mark(chosen >= last ? -1 : chosen + 1);
      } else if (event.key === "ArrowUp") {
        event.preventDefault();
        mark(chosen < 0 ? last : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(list.children[chosen]);
      } else if (event.key === "Enter" || event.key === "Tab") {
        close();
      }
    });
    // Before the box loses its focus, so that a tap is a choice.
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
    });
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) take(item);
    });
    input.addEventListener("blur", close);
    input.form?.addEventListener("submit", close);
  }
})();
