"""What editors draft, check, publish and retract: the buttons and actions that call `meetings.editorial`."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings import editorial
from meetings.admin.base import NounAdmin
from meetings.admin.widgets import is_key
from meetings.choices import Publication

#: How many refused records of a bulk action are told one by one.
TOLD = 20

#: What a button or action does, and what is said of it.
STEPS = {
    "publish": (editorial.publish, gettext_lazy("Published: %(records)s.")),
    "submit": (editorial.submit, gettext_lazy("Submitted for review: %(records)s.")),
    "retract": (editorial.retract, gettext_lazy("Retracted: %(records)s.")),
}


class EditedAdmin(NounAdmin):
    """A noun with a ``publication``, changed by buttons and actions only; ``page`` and ``template`` preview it."""

    actions = ["publish", "submit", "retract"]
    readonly_fields = ["state"]
    template: str

    def page(self, key: int) -> dict:
        """The context of a record's public page, drafts included. Raises DoesNotExist."""
        raise NotImplementedError

    @admin.display(description=gettext_lazy("publication"))
    def state(self, record):
        """Where the record stands, and what keeps it from being published."""
        label = record.get_publication_display()
        lacking = editorial.missing(record) if record.pk else []
        if record.publication == Publication.PUBLISHED or not lacking:
            return label
        items = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in lacking))
        return format_html("{}. {}<ul>{}</ul>", label, _("Before it can be published:"), items)

    @admin.action(permissions=["change"], description=gettext_lazy("Publish what is ready"))
    def publish(self, request, queryset):
        self.take(request, "publish", queryset)

    @admin.action(permissions=["change"], description=gettext_lazy("Submit for review"))
    def submit(self, request, queryset):
        self.take(request, "submit", queryset)

    @admin.action(permissions=["change"], description=gettext_lazy("Retract"))
    def retract(self, request, queryset):
        self.take(request, "retract", queryset)

    def take(self, request, step: str, records):
        """Takes the step for all the records, and tells which changed and why others did not."""
        action, told = STEPS[step]
        outcome = action(records, request.user)
        if outcome.done:
            self.message_user(request, told % {"records": listed(outcome.done)}, messages.SUCCESS)
        for record, sentences in [*outcome.refused.items()][:TOLD]:
            text = _("“%(record)s” is left as it is. %(reasons)s") % {"record": record, "reasons": " ".join(sentences)}
            self.message_user(request, text, messages.WARNING)
        if len(outcome.refused) > TOLD:
            more = len(outcome.refused) - TOLD
            text = ngettext("%d more is left as it is.", "%d more are left as they are.", more) % more
            self.message_user(request, text, messages.WARNING)
        if not outcome.done and not outcome.refused:
            self.message_user(request, _("Nothing changed: it was so already."), messages.INFO)

    def response_add(self, request, obj, post_url_continue=None):
        return self.after_button(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.after_button(request, obj) or super().response_change(request, obj)

    def after_button(self, request, obj):
        """After saving with one of the steps' buttons: takes the step and stays on the page."""
        pressed = [step for step in STEPS if f"_{step}" in request.POST]
        if not pressed:
            return None
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        if pressed[0] == "publish" and (lacking := editorial.missing(obj)):
            draft = obj.publication == Publication.DRAFT
            told = (
                _("Saved as a draft, not published: “%(record)s”.")
                if draft
                else _("Saved, not published: “%(record)s”.")
            )
            self.message_user(request, " ".join([told % {"record": obj}, *lacking]), messages.WARNING)
        else:
            self.message_user(request, _("Saved: “%(record)s”.") % {"record": obj}, messages.SUCCESS)
            self.take(request, pressed[0], [obj])
        return HttpResponseRedirect(self.address("change", obj))

    def save_related(self, request, form, formsets, change):
        """Saves the rows. What is published stays complete: else all of it is refused, with what would be missing."""
        super().save_related(request, form, formsets, change)
        record = form.instance
        if record.publication == Publication.PUBLISHED and (lacking := editorial.incomplete(record)):
            raise ValidationError([_("It is published and has to stay complete, or be retracted first."), *lacking])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if self.has_change_permission(request, obj) and not context["is_popup"]:
            published = obj is not None and obj.publication == Publication.PUBLISHED
            context["steps"] = ["publish", "retract"] if published else ["publish", "submit"]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, obj):
        """Its public page, or the preview of it."""
        return obj.get_absolute_url() if obj.is_public else self.address("preview", obj)

    def address(self, view: str, record) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=[record.pk])

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview)
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview(self, request, object_id):
        """The record as its public page would tell it, for editors."""
        record = self.get_object(request, object_id) if is_key(object_id) else None
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return TemplateResponse(request, self.template, {**self.page(record.pk), "preview": not record.is_public})


def listed(records) -> str:
    """One record by its name, several by their number of each noun."""
    if len(records) == 1:
        return f"“{records[0]}”"
    counts: dict = {}
    for record in records:
        counts[record._meta] = counts.get(record._meta, 0) + 1
    return ", ".join(
        f"{count} {options.verbose_name if count == 1 else options.verbose_name_plural}"
        for options, count in counts.items()
    )
