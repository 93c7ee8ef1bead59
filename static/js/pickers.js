/* Turns each plain input that takes names into a picker of several, which asks /autocomplete/<noun>/ as one types. */
"use strict";

function picker(input) {
  const select = document.createElement("select");
  select.multiple = true;
  select.name = input.name;
  for (const name of ["aria-label", "aria-describedby", "aria-invalid"]) {
    if (input.hasAttribute(name)) select.setAttribute(name, input.getAttribute(name));
  }
  if (input.value) select.add(new Option(input.value, input.value, true, true));
  const noun = input.dataset.picker;
  input.replaceWith(select);

  const box = new TomSelect(select, {
    valueField: "key",
    labelField: "label",
    searchField: [],
    maxOptions: 10,
    hideSelected: true,
    clearAfterSelect: true,
    closeAfterSelect: true,
    plugins: { remove_button: { title: input.dataset.remove } },
    placeholder: input.dataset.prompt,
    load(query, done) {
      this.clearOptions();
      fetch(`/autocomplete/${noun}/?q=${encodeURIComponent(query)}`)
        .then((response) => (response.ok ? response.json() : { results: [] }))
        .then(({ results, near = [] }) => done([...results, ...near.map((one) => ({ ...one, near: true }))]), () => done());
    },
    render: {
      option: (item, escape) =>
        `<div>${item.near ? `<span class="note">${escape(input.dataset.near)}</span> ` : ""}<bdi>${escape(item.label)}</bdi>` +
        ` <span class="note"><bdi>${escape(item.note || "")}</bdi></span></div>`,
      no_results: (data, escape) => `<div class="no-results">${escape(input.dataset.none)}</div>`,
      item: (item, escape) => `<div><bdi>${escape(item.label)}</bdi></div>`,
    },
  });
  box.control_input.setAttribute("aria-label", select.getAttribute("aria-label"));
}

document.querySelectorAll("input[data-picker]:not([data-picker=''])").forEach(picker);
