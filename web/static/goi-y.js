// Suggestions under the fields that carry data-goi-y: what somebody types may become one of our names. The field stays
// a plain field: nothing is put into it unless a suggestion is chosen, and without this file it works as before.
(() => {
  const say = document.currentScript.dataset.say;
  const list = document.createElement("ul"), status = document.createElement("p");
  list.id = "goi-y";
  list.className = "goi-y";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  status.className = "vh";
  status.setAttribute("role", "status");
  document.getElementById("chinh").append(list, status);
  let field, at = -1, timer, asked, chosen;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    at = -1;
    field?.setAttribute("aria-expanded", "false");
    field?.removeAttribute("aria-activedescendant");
  };
  const mark = (n) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = n;
    const line = list.children[at];
    if (!line) return field.removeAttribute("aria-activedescendant");
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", line.id);
  };
  const choose = (line) => {
    chosen = field.value = line.dataset.v;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    close();
    status.textContent = "";
  };
  const show = (found) => {
    list.replaceChildren(...found.map((s, i) => {
      const line = document.createElement("li");
      line.id = "goi-y-" + i;
      line.dataset.v = s.v;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.append(s.v);
      if (s.h) line.appendChild(document.createElement("small")).textContent = s.h;
      return line;
    }));
    at = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = found.length ? say.replace("#", found.length) : "";
    const box = (field.closest(".field") || field).getBoundingClientRect();
    list.style.cssText = `left:${box.left + scrollX}px;top:${box.bottom + scrollY + 4}px;width:${box.width}px`;
  };
  const ask = async () => {
    const from = field, text = from.value.trim();
    asked?.abort();
    if (text.length < 2 || text === chosen) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`/goi-y?loai=${from.dataset.goiY}&q=${encodeURIComponent(text)}`, { signal: asked.signal });
      const found = answer.ok ? await answer.json() : [];
      if (from === document.activeElement && from.value.trim() === text) show(found);
    } catch { /* no network, or asked again: the field works without */ }
  };

  document.addEventListener("focusin", (e) => {
    if (!e.target.matches("input[data-goi-y]")) return;
    field = e.target;
    chosen = field.value;
    field.removeAttribute("list");
    field.autocomplete = "off";
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) field.setAttribute(name, value);
    list.setAttribute("aria-label", field.labels[0]?.firstElementChild?.textContent || field.labels[0]?.textContent || "");
  });
  document.addEventListener("focusout", (e) => e.target === field && close());
  document.addEventListener("input", (e) => {
    if (e.target !== field) return;
    chosen = "";
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  document.addEventListener("keydown", (e) => {
    if (e.target !== field || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey) return;
    const n = list.children.length;
    if (e.key === "ArrowDown" && list.hidden) return chosen = "", ask();
    if (list.hidden) return;
    if (e.key === "ArrowDown") mark(at < n - 1 ? at + 1 : 0);
    else if (e.key === "ArrowUp") mark(at > 0 ? at - 1 : n - 1);
    else if (e.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (e.key === "Escape") close();
    else return;
    e.preventDefault();
  });
  list.addEventListener("mousedown", (e) => e.preventDefault());
  list.addEventListener("click", (e) => {
    const line = e.target.closest("li");
    if (line) choose(line);
  });
  addEventListener("resize", () => list.hidden || close());
})();
