/* Offers names below the header's search as one types: the browser's own list, filled from /autocomplete/names/. */
"use strict";

const finder = document.getElementById("finder");
const offers = document.createElement("datalist");
offers.id = "finder-offers";
let asked = "";
let waiting;

async function offer() {
  const query = finder.value.trim();
  if (query === asked || query.length < 2 || [...offers.options].some((option) => option.value === query)) return;
  asked = query;
  const response = await fetch(`/autocomplete/names/?q=${encodeURIComponent(query)}`);
  const { results } = response.ok ? await response.json() : { results: [] };
  if (query !== asked) return;
  offers.replaceChildren(...results.map(({ label, note }) => new Option(note ? `${label}, ${note}` : label, label)));
}

if (finder) {
  finder.after(offers);
  finder.setAttribute("list", offers.id);
  finder.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer().catch(() => {}), 150);
  });
}
