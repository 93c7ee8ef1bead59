/* Keeps addresses short: parameters without a value are not sent. Opens the panel, and how a lens shows the
   set, on wide windows of older browsers.
   Tells that what was changed is not shown yet.
   Fetches the numbers beside the options where the list came without them. */
"use strict";

const panel = document.querySelector(".filters");
const shownHow = document.querySelector(".shown-how");
const form = document.getElementById("filters");
const wide = matchMedia("(min-width: 992px)").matches;

form?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value.trim()) continue;
    const kept = formData.getAll(name).filter((other) => other.trim());
    formData.delete(name);
    kept.forEach((other) => formData.append(name, other));
  }
});

/* What is chosen narrows nothing down until it is sent. */
const chosen = () => [...new FormData(form)].map(String).sort().join("\n");
const shown = form && chosen();
const changed = form?.querySelector(".changed");
for (const event of ["input", "change"])
  form?.addEventListener(event, () => {
    changed.textContent = chosen() === shown ? "" : changed.dataset.changed;
    // Not below what has come to stay in sight.
    document.activeElement.closest(".ts-wrapper, #filters input")?.scrollIntoView({ block: "nearest" });
  });

if (!CSS.supports("selector(::details-content)") && wide) {
  for (const one of [panel, shownHow]) if (one) one.open = true;
}

/* The box of the same option in another form. */
const same = (box, within) =>
  [...within.querySelectorAll("input[type=checkbox]")].find((one) => one.name === box.name && one.value === box.value);

/* Puts counted options in the place of those of a facet, each ticked as it is now. Pickers and what is typed stay. */
function replaceOptions(facet, counted) {
  const focused = facet.contains(document.activeElement) && document.activeElement;
  const options = [...counted.querySelectorAll("label.option")];
  for (const label of facet.querySelectorAll("label.option")) {
    const box = label.querySelector("input");
    const now = same(box, counted);
    if (now) now.checked = box.checked;
    else if (box.checked || box === focused) options.push(label);
    if (!options.includes(label)) label.remove();
  }
  facet.querySelector("legend").after(...options);
  if (focused && !document.contains(focused)) same(focused, facet).focus({ preventScroll: true });
}

/* A facet that has no options any more goes, unless something in it is chosen. */
function show(counted) {
  const told = counted.querySelector(".counting");
  form.querySelector(".counting").replaceWith(...(told ? [told] : []));
  let last = null;
  for (const facet of [...counted.querySelectorAll(".facet")]) {
    const own = document.getElementById(facet.id);
    if (own) replaceOptions(own, facet);
    else if (last) last.after(facet);
    last = own || facet;
  }
  for (const facet of form.querySelectorAll(".facet")) {
    const kept = counted.querySelector(`#${facet.id}`) || facet.querySelector(":checked, [data-picker]");
    if (!kept && !facet.contains(document.activeElement)) facet.remove();
  }
}

/* Where they cannot be fetched, the link to them stays. */
async function count(address) {
  const page = await fetch(address).then((response) => (response.ok ? response.text() : ""), () => "");
  const counted = new DOMParser().parseFromString(page, "text/html").getElementById("filters");
  if (counted) show(counted);
}

const uncounted = form?.querySelector(".counting a");
if (uncounted) {
  if (wide || panel.open) count(uncounted.href);
  else panel.addEventListener("toggle", () => count(uncounted.href), { once: true });
}
