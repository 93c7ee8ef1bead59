"""What all records share: natural keys, derived columns kept true, rules that forms can check, no cycles."""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Self, cast

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import words
from meetings.choices import Publication
from meetings.models.fields import Derived, FoldedField
from meetings.models.history import keep_versions


def new_uid() -> str:
    """A fresh uid: ten characters of lower-case base32, 50 random bits."""
    return base64.b32encode(secrets.token_bytes(7))[:10].decode().lower()


def derived_uid(dataset: str, identifier: str) -> str:
    """The uid of an imported record: the same for the same dataset and identifier, on any machine."""
    digest = hashlib.sha256(f"{dataset}\n{identifier}".encode()).digest()
    return base64.b32encode(digest)[:10].decode().lower()


def rule(name: str, condition: Q, message) -> models.CheckConstraint:
    """A named database rule with a message for the person who broke it."""
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)


def one_of(model: str, field: str, choices: type[models.TextChoices], *, empty=False) -> models.CheckConstraint:
    """A database rule that ``field`` holds one of ``choices`` (or nothing, where ``empty``)."""
    return rule(
        f"{model}_{field}_is_a_choice",
        Q(**{f"{field}__in": sorted(choices.values) + ([""] if empty else [])}),
        format_lazy(_("Choose one of these for “{field}”: {values}."), field=field, values=", ".join(choices.values)),
    )


class RecordQuerySet(models.QuerySet):
    """Natural keys, the gate before the public, and no write that leaves a derived column behind."""

    #: The folded columns in which words are looked for.
    searched: tuple[str, ...] = ("folded",)

    def get_by_natural_key(self, key):
        return self.get(**{self.model.KEY: key})

    def published(self) -> Self:
        """The gate: the records that the public may see; no query of its own."""
        return self.public_for(reduce(or_, self.reasons()))

    def reasons(self) -> list[Q]:
        """Each for itself makes a record public, if it is not merged into another; the most usual first."""
        raise NotImplementedError

    def public_for(self, reason: Q) -> Self:
        """The records that are public for a reason; no query of its own."""
        return self.filter(reason, **({"merged_into": None} if hasattr(self.model, "merged_into") else {}))

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.all()

    def for_detail(self) -> Self:
        """With what a record's own page shows."""
        return self.for_list()

    def related(self, relation: str):
        """All records at the other end of a reverse ``relation``."""
        return self.link(relation).model.objects.all()

    def link(self, relation: str):
        """The foreign key (or many-to-many field) at the other end of a reverse ``relation``."""
        return cast(ForeignObjectRel, self.model._meta.get_field(relation)).field

    def named_by(self, *relations: str) -> list[Q]:
        """That something published names a record: a condition for each of the reverse ``relations``."""
        return [
            Q(Exists(self.related(name).published().filter(**{self.link(name).name: OuterRef("pk")})))
            for name in relations
        ]

    def matching(self, query: str) -> Self:
        """Records that have what a search asks for, in any case and without accents; none for one without words.

        A word may be the beginning of one. A phrase needs all its words, whole and in any order; so does what a record
        is to be without.
        """
        wanted = words.terms(query)
        found = self if wanted else self.none()
        for term in wanted:
            begins = term.beginning or (len(term.words) == 1 and not term.without)
            *firsts, last = term.words
            has = reduce(and_, [self.has_word(f"{word} ") for word in firsts], self.has_word(last + " " * (not begins)))
            found = found.exclude(has) if term.without else found.filter(has)
        return found

    def has_word(self, begun: str) -> Q:
        """The condition that a word of one of the ``searched`` columns begins with ``begun``; a whole word ends with a
        space."""
        return reduce(or_, (Q(**{f"{column}__contains": f" {begun}"}) for column in self.searched))

    def update(self, **values):
        """Refuses to write the source of a derived column without the column, which would then be wrong."""
        for field in self.model.derived_fields():
            if field.name not in values and set(field.sources) & set(values):
                raise TypeError(f"update({', '.join(values)}) leaves {field.name} stale: save() each record instead.")
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]


class DatedQuerySet(RecordQuerySet):
    """Records with one EDTF date and its bounds, ``earliest`` and ``latest``."""

    def by_date(self, *, oldest_first=False):
        """In order of the day that is certain: `earliest`, else `latest`; unknown dates come last in both orders."""
        day = Coalesce("earliest", "latest")
        if oldest_first:
            return self.order_by(day.asc(nulls_last=True), "id")
        return self.order_by(day.desc(nulls_last=True), "-id")

    def within_dates(self, first=None, last=None):
        """Records that can overlap the days ``first`` to ``last`` (either None: no limit on that side)."""
        if first is None and last is None:
            return self
        known = self.exclude(earliest=None, latest=None)
        if last is not None:
            known = known.filter(Q(earliest__lte=last) | Q(earliest=None))
        if first is not None:
            known = known.filter(Q(latest__gte=first) | Q(latest=None))
        return known


class Record(models.Model):
    """A row with a natural key, ``KEY``, that survives export, import and a change of database."""

    KEY = "uid"

    class Meta:
        abstract = True

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs):
        if update_fields is not None:
            derived = {f.name for f in self.derived_fields() if set(f.sources) & set(update_fields)}
            update_fields = {*update_fields, *derived}
        self.fill_slug()
        if not self._state.adding and hasattr(self, "history"):
            self.keep_first_version()
        super().save(*args, update_fields=update_fields, **kwargs)

    def fill_slug(self):
        """An empty slug is made from the name or title; a query, for nouns whose slug is their key."""
        if getattr(self, "slug", None) == "":
            self.slug = self.free_slug()

    def keep_first_version(self):
        """Before the first change of a record that was loaded without a history: keeps what it is in the database."""
        stored = type(self)._base_manager.filter(pk=self.pk)
        if not self.history.exists():
            keep_versions(type(self), stored, gettext("As it was loaded"))

    def natural_key(self):
        return (getattr(self, self.KEY),)

    @classmethod
    def derived_fields(cls) -> list:
        """The columns that follow from other columns."""
        return [field for field in cls._meta.local_fields if isinstance(field, Derived)]

    def clean(self):
        """Rules that a form would skip, because they are over derived columns, and cycles of self links."""
        super().clean()
        self.fill_slug()
        derived = {field.name for field in self.derived_fields()}
        for constraint in self._meta.constraints:
            if isinstance(constraint, models.CheckConstraint) and derived & columns_of(constraint.condition):
                constraint.validate(type(self), self)
        for name in ("within", "part_of", "merged_into"):
            self.refuse_cycle(name)
        self.refuse_merge_chain()

    def refuse_cycle(self, name: str):
        """Raises ValidationError when following the self link ``name`` leads back here; a query a step."""
        try:
            self._meta.get_field(name)
        except FieldDoesNotExist:
            return
        seen, other = {self.pk}, getattr(self, name)
        while other is not None:
            if other.pk is not None and other.pk in seen:
                message = gettext("“%(record)s” would then lead back to itself. Choose another one.")
                raise ValidationError({name: message % {"record": self}}, code="cycle")
            seen.add(other.pk)
            other = getattr(other, name)

    def refuse_merge_chain(self):
        """Raises ValidationError when this would be merged into a merged record, or is what others were merged into:
        an old address leads to its survivor in one step."""
        survivor = getattr(self, "merged_into", None)
        if survivor is not None and (survivor.merged_into_id or (self.pk and self.merged.exists())):
            message = gettext("“%(record)s” cannot be merged so: choose the record in which all of them end.")
            raise ValidationError({"merged_into": message % {"record": self}}, code="merge_chain")


def columns_of(condition: Q) -> set[str]:
    """The names of the columns that a rule's condition looks at."""
    found = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= columns_of(child)
        elif isinstance(child, tuple):
            found.add(child[0].split("__")[0])
    return found


def public_through(path: str) -> Q:
    """The gate's condition for rows that hang on a meeting, by the look-up ``path`` to it."""
    return Q(**{f"{path}__publication": Publication.PUBLISHED, f"{path}__merged_into": None})


def uid_field() -> models.CharField:
    """The uid: natural key and part of the address; never changes and never comes back."""
    return models.CharField(_("uid"), max_length=10, unique=True, default=new_uid, editable=False)


class Stamped(Record):
    """A noun's own times. Fixtures carry them."""

    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    class Meta(Record.Meta):
        abstract = True


#: Others may have linked to a record that is or was public: its address never means anything else.
EVER_PUBLISHED = (Publication.PUBLISHED, Publication.RETRACTED)


class EditedQuerySet(DatedQuerySet):
    """Dated records with a ``publication``: what was ever published is retracted, never deleted."""

    def delete(self):
        if kept := set(self.filter(publication__in=EVER_PUBLISHED)):
            raise ProtectedError(gettext("Published records are retracted, never deleted."), kept)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Edited(Stamped):
    """A noun that editors draft, check, publish and retract (`meetings.editorial` alone writes ``publication``)."""

    publication = models.CharField(
        _("publication"), max_length=20, choices=Publication, default=Publication.DRAFT, editable=False
    )

    class Meta(Stamped.Meta):
        abstract = True

    def delete(self, *args, **kwargs):
        if self.publication in EVER_PUBLISHED:
            raise ProtectedError(gettext("Published records are retracted, never deleted."), {self})
        return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]


class Named(Stamped):
    """A noun with a name, other names, and an address made of its slug, which never changes once public."""

    KEY = "slug"

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Its place in the address. Left empty, it is made from the name. Fixed once public."),
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        default="",
        help_text=_("One per line: spellings, acronyms, former names."),
    )
    folded = FoldedField(sources=("name", "other_names"))

    class Meta(Stamped.Meta):
        abstract = True
        ordering = ["folded", "slug"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.pk:
            public = (
                self.__class__._default_manager.published().filter(pk=self.pk).values_list("slug", flat=True).first()
            )
            if public not in (None, self.slug):
                message = gettext("This address is public and links point to it: keep “%(slug)s”.")
                raise ValidationError({"slug": message % {"slug": public}}, code="slug_fixed")

    def free_slug(self) -> str:
        """A slug of the name that no other record has: ``paris``, then ``paris-2``; one query."""
        slug = words.slugify(self.name)
        taken = set(self.__class__._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
        candidates = (f"{slug}-{number}" if number > 1 else slug for number in range(1, len(taken) + 2))
        return next(candidate for candidate in candidates if candidate not in taken)

    def other_names_list(self) -> list[str]:
        return [name for line in self.other_names.splitlines() if (name := line.strip())]


def coordinates_rule(model: str) -> models.CheckConstraint:
    """Latitude and longitude: both or neither, in degrees within the globe."""
    return rule(
        f"{model}_coordinates_on_the_globe",
        # A rule that is neither true nor false passes, so each part says what it means for NULL.
        Q(latitude=None, longitude=None)
        | Q(latitude__isnull=False, longitude__isnull=False)
        & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
        _("Give both latitude (-90 to 90) and longitude (-180 to 180) in degrees, such as 50.85 and 4.35, or neither."),
    )


def sparse(model: str, *fields: str) -> list[models.Index]:
    """Indexes of links that most rows leave empty, without these: smaller, and SQLite does not take them for useless
    because so many rows have the same NULL. The links themselves say ``db_index=False``."""
    return [
        models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"{model}_has_{name}")
        for name in fields
    ]


def has_slug(model: str) -> models.CheckConstraint:
    """An address needs a slug."""
    return rule(f"{model}_has_a_slug", ~Q(slug=""), _("Give it a slug, such as yoav-gallant, or leave it to be made."))


def not_itself(model: str, field: str) -> models.CheckConstraint:
    """A self link points to another record."""
    return rule(
        f"{model}_{field}_is_another",
        Q(**{field: None}) | ~Q(**{field: models.F("id")}),
        _("A record cannot be linked to itself here. Choose another one, or leave it empty."),
    )


def http_only(model: str, *fields: str) -> list[models.CheckConstraint]:
    """Links start with http:// or https://."""
    return [
        rule(
            f"{model}_{field}_is_http",
            Q(**{field: ""}) | Q(**{f"{field}__startswith": "http://"}) | Q(**{f"{field}__startswith": "https://"}),
            _("A link starts with https:// or http://, such as https://example.org/readout."),
        )
        for field in fields
    ]
