/* Offers, as a participant's position, only posts of the official chosen in the same row. */
"use strict";
{
  const $ = django.jQuery;
  const SELECTOR = 'select[data-model-name="participation"][data-field-name="position"]';

  const narrow = (position) => {
    const official = document.getElementById(position.id.replace(/position$/, "official"));
    if (!official || position.name.includes("__prefix__")) {
      return;
    }
    $(position).select2({
      ajax: {
        cache: false,
        data: ({ term, page }) => ({
          term,
          page,
          app_label: position.dataset.appLabel,
          model_name: position.dataset.modelName,
          field_name: position.dataset.fieldName,
          official: official.value,
        }),
      },
    });
  };

  $(() => document.querySelectorAll(SELECTOR).forEach(narrow));
  document.addEventListener("formset:added", ({ target }) => target.querySelectorAll(SELECTOR).forEach(narrow));
}
