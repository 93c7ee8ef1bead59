/* Offers names below the header's search as one types: the browser's own list, filled from /autocomplete/names/. */
"use strict";

const finder = document.getElementById("finder");
const offers = document.getElementById("finder-offers");
let asked = "";

async function offer() {
  const query = finder.value.trim();
  if (query === asked || query.length < 2 || [...offers.options].some((option) => option.value === query)) return;
  asked = query;
  const response = await fetch(`/autocomplete/names/?q=${encodeURIComponent(query)}`);
  const { results } = response.ok ? await response.json() : { results: [] };
  if (query !== asked) return;
  offers.replaceChildren(
    ...results.map(({ label, note }) => Object.assign(new Option(note, label), { label: note ? `${label}, ${note}` : label })),
  );
}

let waiting;
finder?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => offer().catch(() => {}), 150);
});
