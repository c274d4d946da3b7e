// The mailbox by keyboard, and what its list remembers on this device. Everything here can be done without it.
"use strict";
{
  const list = () => document.getElementById("auswahl");
  const rows = () => [...document.querySelectorAll("#auswahl tbody tr")];
  const link = (row) => row.querySelector("th a");
  const box = (row) => row.querySelector('input[name="schreiben"]');
  const current = () => rows().find((row) => row.contains(document.activeElement));
  const remembered = (name) => localStorage.getItem(`vermittlerpost.${name}`);
  const remember = (name, value) => localStorage.setItem(`vermittlerpost.${name}`, value);

  function choose(row, on) {
    box(row).checked = on;
    row.classList.toggle("selected", on);
  }
  function go(step) {
    const all = rows();
    const at = all.indexOf(current());
    const row = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!row) return;
    link(row).focus();
    row.scrollIntoView({ block: "nearest" });
  }
  function act(action) {
    const here = current();
    const chosen = rows().filter((row) => box(row).checked);
    if (!chosen.length && here) choose(here, true);
    list()?.querySelector(`button[name="aktion"][value="${action}"]`)?.click();
  }
  function search() {
    const field = document.getElementById("id_suche");
    (field && field.offsetParent ? field : document.getElementById("suche"))?.focus();
  }
  function toggle() {
    const row = current();
    if (!row) return;
    choose(row, !box(row).checked);
    mind();
  }
  function mind() {
    const all = document.querySelector("[data-all]");
    if (all) all.checked = rows().every((row) => box(row).checked);
  }

  const KEYS = {
    "/": search, j: () => go(1), k: () => go(-1), x: toggle, r: () => act("gelesen"), e: () => act("erledigt"),
    "?": () => document.getElementById("tasten").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest('input:not([type="checkbox"]), select, textarea, [contenteditable], dialog');
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writes) return;
    if (!KEYS[event.key] || (remembered("tasten") === "aus" && event.key !== "?")) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) rows().forEach((row) => choose(row, event.target.checked));
    if (event.target.name === "schreiben") {
      choose(event.target.closest("tr"), event.target.checked);
      mind();
    }
    if (event.target.id === "tasten-an") remember("tasten", event.target.checked ? "an" : "aus");
  });

  function density() {
    const dense = remembered("dichte") === "dicht";
    document.getElementById("dichte").setAttribute("aria-pressed", dense);
    document.querySelector("table.mailbox")?.classList.toggle("compact", dense);
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("#tasten-oeffnen")) KEYS["?"]();
    if (!event.target.closest("#dichte")) return;
    remember("dichte", remembered("dichte") === "dicht" ? "" : "dicht");
    density();
  });
  function prepare() {
    document.getElementById("dichte").hidden = document.getElementById("tasten-oeffnen").hidden = false;
    document.getElementById("tasten-an").checked = remembered("tasten") !== "aus";
    density();
  }
  prepare();

  // An address says what is asked for and nothing else.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches("[data-filter]")) return;
    for (const [name, value] of [...event.detail.formData.entries()]) {
      if (!value) event.detail.formData.delete(name);
    }
  });
  // Whoever worked on a row goes on with the one that has taken its place.
  let place = -1;
  document.addEventListener("htmx:beforeSwap", () => { place = rows().indexOf(current()); });
  document.addEventListener("htmx:afterSwap", () => {
    prepare();
    const all = rows();
    if (place >= 0 && all.length) link(all[Math.min(place, all.length - 1)]).focus();
  });
}
