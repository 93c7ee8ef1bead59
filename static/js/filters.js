/* Keeps addresses short: parameters without a value are not sent. Opens the panel on wide windows of older browsers. */
"use strict";

const panel = document.querySelector(".filters");

document.getElementById("filters")?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value.trim()) continue;
    const kept = formData.getAll(name).filter((other) => other.trim());
    formData.delete(name);
    kept.forEach((other) => formData.append(name, other));
  }
});

if (panel && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 992px)").matches) {
  panel.open = true;
}
