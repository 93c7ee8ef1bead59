/* Says in words what a date means, or what is wrong with it, below its input, as one types. */
"use strict";
{
  const WAIT = 250; // milliseconds of rest before asking
  const timers = new WeakMap();

  const sayer = (input) => {
    const id = `${input.id}_words`;
    let said = document.getElementById(id);
    if (!said) {
      said = document.createElement("output");
      said.id = id;
      said.className = "date-words";
      said.htmlFor = input.id;
      input.after(said);
    }
    return said;
  };

  const ask = async (input) => {
    const text = input.value.trim();
    const said = sayer(input);
    if (!text) {
      said.textContent = "";
      return;
    }
    const query = new URLSearchParams({ text });
    if (input.dataset.still) {
      query.set("still", "1");
    }
    const response = await fetch(`${input.dataset.wordsUrl}?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok || input.value.trim() !== text) {
      return;
    }
    const { words, error } = await response.json();
    // What was sent and refused stands with its error above the input already.
    const told = input.getAttribute("aria-invalid") === "true" && input.value === input.defaultValue;
    said.textContent = words || (told ? "" : error);
    said.classList.toggle("wrong", Boolean(error));
  };

  const isDate = (element) => element instanceof HTMLInputElement && element.dataset.wordsUrl;

  document.addEventListener("input", ({ target }) => {
    if (isDate(target)) {
      clearTimeout(timers.get(target));
      timers.set(target, setTimeout(() => ask(target), WAIT));
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const input of document.querySelectorAll("input[data-words-url]")) {
      if (input.value) {
        ask(input);
      }
    }
  });
}
