"""One factory per record. What comes out is valid and as small as it can be: a draft, unlinked, undated.

`MeetingFactory(published=True)` and `StatementFactory(published=True)` obey the rule of `meetings.editorial`: they
come with a citation, and a meeting with a party that is only described.
"""

import factory
from factory.django import DjangoModelFactory as ModelFactory

from meetings import index, models, words
from meetings.choices import Publication


class DjangoModelFactory(ModelFactory):
    """Like every writer, tells the index what it made; tests that write otherwise do so themselves."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        record = super()._create(model_class, *args, **kwargs)
        index.refresh_around(
            *filter(None, [record, *(getattr(record, name, None) for name in ("meeting", "statement"))])
        )
        return record


class NamedFactory(DjangoModelFactory):
    """A noun with a name; without a slug it gets a free one, as in the admin."""

    class Meta:
        abstract = True

    @classmethod
    def _build(cls, model_class, *args, **kwargs):
        record = model_class(*args, **kwargs)
        record.slug = record.slug or record.free_slug()
        return record

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        record = cls._build(model_class, *args, **kwargs)
        record.save()
        index.refresh_around(record)
        return record


class CountryFactory(NamedFactory):
    class Meta:
        model = models.Country

    name = factory.Sequence("Country {}".format)


class OrganizationFactory(NamedFactory):
    class Meta:
        model = models.Organization

    name = factory.Sequence("Organization {}".format)


class OfficialFactory(NamedFactory):
    class Meta:
        model = models.Official

    name = factory.Sequence("Official {}".format)


class PlaceFactory(NamedFactory):
    class Meta:
        model = models.Place

    name = factory.Sequence("Place {}".format)


class TopicFactory(NamedFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence("Topic {}".format)


class PositionFactory(DjangoModelFactory):
    """A post for a country of its own, unless ``organization`` is given."""

    class Meta:
        model = models.Position

    official = factory.SubFactory(OfficialFactory)
    title = factory.Sequence("Minister {}".format)
    organization = None
    country = factory.Maybe("organization", None, factory.SubFactory(CountryFactory))


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    title = factory.Sequence("Report {}".format)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = models.Meeting
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            publication=Publication.PUBLISHED,
            citation=factory.RelatedFactory("tests.factories.CitationFactory", "meeting"),
            described=factory.RelatedFactory("tests.factories.ParticipationFactory", "meeting"),
        )

    title = factory.Sequence("Meeting {}".format)
    slug = factory.LazyAttribute(lambda meeting: words.slugify(meeting.title))


class ParticipationFactory(DjangoModelFactory):
    """A party that is only described, unless ``official``, ``country`` or ``organization`` is given."""

    class Meta:
        model = models.Participation

    meeting = factory.SubFactory(MeetingFactory)
    official = country = organization = None
    name_as_written = factory.LazyAttributeSequence(
        lambda row, number: "" if row.official or row.country or row.organization else f"delegation {number}"
    )


class StatusChangeFactory(DjangoModelFactory):
    class Meta:
        model = models.StatusChange

    meeting = factory.SubFactory(MeetingFactory)
    status = "planned"


class StatementFactory(DjangoModelFactory):
    """A paraphrase, of a spokesperson unless ``speaker`` is given, at no meeting unless ``meeting`` is given."""

    class Meta:
        model = models.Statement
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            publication=Publication.PUBLISHED,
            citation=factory.RelatedFactory("tests.factories.CitationFactory", "statement"),
        )

    speaker = None
    speaker_as_written = factory.LazyAttribute(lambda statement: "" if statement.speaker else "a spokesperson")
    text = factory.Sequence("What was said, {}".format)


class CitationFactory(DjangoModelFactory):
    """A citation of a meeting of its own, unless ``meeting``, ``statement`` or ``position`` is given."""

    class Meta:
        model = models.Citation

    source = factory.SubFactory(SourceFactory)
    statement = position = None
    meeting = factory.LazyAttribute(lambda row: None if row.statement or row.position else MeetingFactory())


class ExternalIdFactory(DjangoModelFactory):
    """An id of a topic of its own, unless another record is given."""

    class Meta:
        model = models.ExternalId

    dataset = "a-dataset"
    identifier = factory.Sequence(str)
    official = position = country = organization = place = meeting = statement = source = None
    topic = factory.LazyAttribute(lambda row: None if any(getattr(row, noun) for noun in OTHERS) else TopicFactory())


OTHERS = ("official", "position", "country", "organization", "place", "meeting", "statement", "source")


class ImportRunFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportRun

    dataset = "a-dataset"
