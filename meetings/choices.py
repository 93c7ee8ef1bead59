"""Every controlled vocabulary of the product. Values stand in addresses, files and the API: they never change.

Values are lower case with hyphens; labels are for people and translatable.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Publication(TextChoices):
    """How far an editor has taken a record. Only ``published`` is ever seen by the public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in-review", _("In review")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")


class MeetingKind(TextChoices):
    """What sort of encounter a record of the Meeting model is."""

    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    CONFERENCE = "conference", _("Conference or summit")
    EXHIBITION = "exhibition", _("Exhibition")
    CEREMONY = "ceremony", _("Ceremony")
    EXERCISE = "exercise", _("Exercise")


#: Taking part in one of these together is no proof that two parties met.
GATHERINGS = frozenset({MeetingKind.CONFERENCE, MeetingKind.EXHIBITION, MeetingKind.EXERCISE})
#: Taking part in one of these together means that two parties met, once it was held.
ENCOUNTERS = tuple(kind for kind in MeetingKind if kind not in GATHERINGS)


class Medium(TextChoices):
    """How the parties were brought together."""

    IN_PERSON = "in-person", _("In person")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    LETTER = "letter", _("By letter")


class Protocol(TextChoices):
    """The rank that protocol gives to a visit."""

    STATE = "state", _("State")
    OFFICIAL = "official", _("Official")
    OFFICIAL_WORKING = "official-working", _("Official working")
    WORKING = "working", _("Working")
    PRIVATE = "private", _("Private")


class Status(TextChoices):
    """Whether it took place, as the sources say. A planned meeting never becomes held by itself."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    DENIED = "denied", _("Denied")


class Role(TextChoices):
    """What a party was at a meeting."""

    PARTICIPANT = "participant", _("Participant")
    HOST = "host", _("Host")
    GUEST = "guest", _("Guest")
    MEDIATOR = "mediator", _("Mediator")
    INTERPRETER = "interpreter", _("Interpreter")
    DELEGATION = "delegation", _("Delegation")


class Sides(TextChoices):
    """How many countries and organizations take part (derived from the participations)."""

    ONE = "one", _("One side")
    BILATERAL = "bilateral", _("Bilateral")
    MULTILATERAL = "multilateral", _("Multilateral")


class Level(TextChoices):
    """The rank of a post."""

    HEAD_OF_STATE = "head-of-state", _("Head of state")
    HEAD_OF_GOVERNMENT = "head-of-government", _("Head of government")
    MINISTER = "minister", _("Minister")
    OTHER = "other", _("Other post")


class Mode(TextChoices):
    """How near a statement's text is to what was said."""

    VERBATIM = "verbatim", _("Verbatim")
    PARTLY_VERBATIM = "partly-verbatim", _("Partly verbatim")
    PARAPHRASE = "paraphrase", _("Paraphrase")
    JOINT = "joint", _("Joint statement")


class CountryKind(TextChoices):
    """What a country record stands for."""

    STATE = "state", _("State")
    TERRITORY = "territory", _("Territory")
    FORMER_STATE = "former-state", _("Former state")


class OrganizationKind(TextChoices):
    """What sort of body an organization is."""

    INTERNATIONAL = "international", _("International organization")
    GOVERNMENT = "government", _("Government body")
    MEDIA = "media", _("News medium")
    COMMUNITY = "community", _("Community body")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Other body")


class PlaceKind(TextChoices):
    """How wide a place is."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    CITY = "city", _("City")
    VENUE = "venue", _("Venue")


class SourceKind(TextChoices):
    """What sort of document a source is."""

    NEWS_REPORT = "news-report", _("News report")
    OFFICIAL_READOUT = "official-readout", _("Official readout")
    TRANSCRIPT = "transcript", _("Transcript")
    DATASET = "dataset", _("Dataset")
    SCHEDULE = "schedule", _("Schedule")
    SOCIAL_POST = "social-post", _("Social post")


class Stance(TextChoices):
    """Whether a source bears the record out."""

    SUPPORTS = "supports", _("Supports")
    CONTRADICTS = "contradicts", _("Contradicts")


class CitedField(TextChoices):
    """The part of a record that a citation is about; empty means the record as a whole."""

    TITLE = "title", _("Title")
    KIND = "kind", _("Kind")
    STATUS = "status", _("Status")
    DATE = "date", _("Date")
    PLACE = "place", _("Place")
    PARTICIPANTS = "participants", _("Participants")
    OUTCOME = "outcome", _("Outcome")
    TEXT = "text", _("Text")


class RunState(TextChoices):
    """Where an import stands."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


#: The public datasets that can be imported.
PUBLIC_DATASETS = ("us-travels", "us-visits", "gazetteer", "leaders")
#: As external ids name those that nothing cites: their own source has the id "source", and is public and credited.
UNCITED_DATASETS = ("us-gazetteer",)
