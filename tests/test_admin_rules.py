"""Whatever rule of the database a form breaks, its editor is told beside the form, and nothing is saved."""

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint

from meetings.models import Citation, Meeting, Official, Participation, Place, Statement
from tests import factories
from tests.admin_pages import address, dashed, errors, fields, messages, page_of, send

pytestmark = pytest.mark.django_db

RULES = {
    constraint.name: constraint
    for model in apps.get_app_config("meetings").get_models()
    for constraint in model._meta.constraints
}

SLUGGED = ["meeting", "official", "country", "organization", "place", "topic"]

#: Rules over columns that no form of the admin has, and why.
OUT_OF_REACH = {
    "meeting_publication_is_a_choice": "only meetings.editorial writes it",
    "statement_publication_is_a_choice": "only meetings.editorial writes it",
    "meeting_merged_into_is_another": "merging is no form",
    "official_merged_into_is_another": "merging is no form",
    "organization_merged_into_is_another": "merging is no form",
    "place_merged_into_is_another": "merging is no form",
    **{f"{noun}_has_a_slug": "a slug left empty is made" for noun in SLUGGED},
    "citation_is_of_one_record": "a citation is a row of the one record that it is of",
    "importrun_state_is_a_choice": "imports are only read",
    "importrun_finishes_after_it_starts": "imports are only read",
}

SOME_CHOICE = "Select a valid choice"

#: Rule: the page (a noun to add, or a record of `world` to change), what is sent, what the editor reads.
BROKEN = {
    "meeting_kind_is_a_choice": ("meeting", {"kind": "party"}, SOME_CHOICE),
    "meeting_medium_is_a_choice": ("meeting", {"medium": "telepathy"}, SOME_CHOICE),
    "meeting_protocol_is_a_choice": ("meeting", {"protocol": "secret"}, SOME_CHOICE),
    "meeting_status_is_a_choice": ("meeting", {"status": "perhaps"}, SOME_CHOICE),
    "meeting_part_of_is_another": ("meeting", {"part_of": "meeting"}, "lead back to itself"),
    "meeting_ends_after_it_starts": ("meeting", {"date": "2023-06-19/2023-06-15"}, "ends before it starts"),
    "meeting_times_need_one_day": (
        "meeting",
        {"date": "2023-06", "starts_at": "18:00", "time_zone": "Europe/Brussels"},
        "a date of one day, such as 2023-06-15",
    ),
    "meeting_times_need_a_zone": ("meeting", {"date": "2023-06-15", "starts_at": "18:00"}, "need a time zone"),
    "meeting_end_needs_a_start": (
        "meeting",
        {"date": "2023-06-15", "ends_at": "18:00", "time_zone": "Europe/Brussels"},
        "needs a “starts at”",
    ),
    "participation_role_is_a_choice": ("meeting", {"participations__0__role": "spy"}, SOME_CHOICE),
    "participation_names_a_party": (
        "meeting",
        {"participations__1__title_as_written": "Minister"},
        "Say who took part",
    ),
    "participation_official_once": (
        "meeting",
        {"participations__1__official": "official"},
        "This official takes part in this meeting already",
    ),
    "statuschange_status_is_a_choice": (
        "meeting",
        {"status_changes__TOTAL_FORMS": "1", "status_changes__0__status": "perhaps"},
        SOME_CHOICE,
    ),
    "position_level_is_a_choice": ("position", {"level": "king"}, SOME_CHOICE),
    "position_is_for_a_party": ("position", {"country": ""}, "choose at least one"),
    "position_ends_after_it_starts": (
        "position",
        {"started": "2024", "ended": "2023"},
        "A post ends after it starts",
    ),
    "country_kind_is_a_choice": ("country", {"kind": "empire"}, SOME_CHOICE),
    "country_coordinates_on_the_globe": ("country", {"latitude": "91", "longitude": "0"}, "Give both latitude"),
    "country_ends_after_it_starts": (
        "country",
        {"existed_from": "1992", "existed_until": "1918"},
        "A country exists until a day after it began",
    ),
    "country_former_state_has_no_live_code": ("country", {"kind": "former-state", "iso2": "BE"}, "use ISO 3166-3"),
    "country_iso2_is_unique": ("country", {"iso2": "XA"}, "Another country has this code already"),
    "country_iso3_is_unique": ("country", {"iso3": "XAA"}, "Another country has this code already"),
    "country_iso3166_3_is_unique": ("country", {"iso3166_3": "XAAA"}, "Another country has this code already"),
    "organization_kind_is_a_choice": ("organization", {"kind": "club"}, SOME_CHOICE),
    "organization_part_of_is_another": ("organization", {"part_of": "organization"}, "lead back to itself"),
    "place_kind_is_a_choice": ("place", {"kind": "planet"}, SOME_CHOICE),
    "place_coordinates_on_the_globe": ("place", {"latitude": "50"}, "Give both latitude"),
    "place_within_is_another": ("place", {"within": "place"}, "lead back to itself"),
    "statement_mode_is_a_choice": ("statement", {"mode": "song"}, SOME_CHOICE),
    "statement_within_is_another": ("statement", {"within": "statement"}, "lead back to itself"),
    "statement_has_text": ("statement", {"text": "  "}, "This field is required"),
    "statement_has_a_speaker": ("statement", {"speaker": "", "speaker_as_written": ""}, "Say who said it"),
    "statement_said_ends_after_it_starts": ("statement", {"said": "2023-06-15/2023-06-14"}, "ends before it starts"),
    "source_kind_is_a_choice": ("source", {"kind": "rumour"}, SOME_CHOICE),
    "source_url_is_http": ("source", {"url": "javascript:alert(1)"}, "is no web address"),
    "source_archived_url_is_http": ("source", {"archived_url": "ftp://example.org/"}, "is no web address"),
    "source_published_ends_after_it_starts": ("source", {"published": "2024/2023"}, "ends before it starts"),
    "citation_field_is_a_choice": ("meeting", {"citations__0__field": "weather"}, SOME_CHOICE),
    "citation_stance_is_a_choice": ("statement", {"citations__0__stance": "unsure"}, SOME_CHOICE),
    "externalid_once": ("externalid", {"dataset": "visits", "identifier": "1"}, "stands at another record already"),
    "externalid_is_of_one_record": ("externalid", {"official": "official"}, "choose one, not several"),
}

#: Rules that no constraint can hold, by name.
MORE = {
    "a cycle of places": ("place", {"within": "inner_place"}, "lead back to itself"),
    "a cycle of organizations": ("organization", {"part_of": "inner_organization"}, "lead back to itself"),
    "a cycle of meetings": ("meeting", {"part_of": "inner_meeting"}, "lead back to itself"),
    "a cycle of statements": ("statement", {"within": "inner_statement"}, "lead back to itself"),
    "another official's post": (
        "meeting",
        {"participations__0__position": "other_position"},
        "post of another official",
    ),
    "the same new official in two new rows": (
        "meeting",
        {"participations__1__official": "other_official", "participations__2__official": "other_official"},
        "This official takes part in this meeting already",
    ),
    "a day that does not exist": ("meeting", {"date": "2023-02-30"}, "February 2023 has 28 days"),
    "a date in words": ("meeting", {"date": "15 June 2023"}, "write “2023-06-15”"),
    "still held, of a meeting": ("meeting", {"date": ".."}, "is not a date"),
    "a bad date in a row": ("official", {"positions__0__started": "2023-13"}, "months are 01 to 12"),
    "a time zone that does not exist": ("meeting", {"time_zone": "Europe/Atlantis"}, "is no IANA time zone"),
    "a time that does not exist": ("meeting", {"starts_at": "25:00"}, "Enter a valid time"),
    "a title that is missing": ("meeting", {"title": ""}, "This field is required"),
    "a title that is too long": ("meeting", {"title": "x" * 251}, "at most 250 characters"),
    "a NUL in a title": ("meeting", {"title": "a\0b"}, "Null characters are not allowed"),
    "a NUL in a date": ("meeting", {"date": "2023\0"}, "Null characters are not allowed"),
    "a NUL in a statement's row": ("meeting", {"statements__0__text": "a\0b"}, "Null characters are not allowed"),
    "a link that is no key": ("meeting", {"place": "Brussels"}, SOME_CHOICE),
    "a link to nothing": ("meeting", {"place": "99999999"}, SOME_CHOICE),
    "a link beyond all keys": ("meeting", {"place": "9" * 40}, SOME_CHOICE),
    "a link that is no key in a row": ("meeting", {"participations__0__official": "x"}, SOME_CHOICE),
    "topics that are no keys": ("meeting", {"topics": ["x", "\0"]}, "is not a valid value"),
    "an order that is too large": ("meeting", {"participations__0__order": "99999"}, "less than or equal to"),
    "an order below nothing": ("meeting", {"participations__0__order": "-1"}, "greater than or equal to"),
    "a Wikidata id that is none": ("official", {"wikidata": "42"}, "is no Wikidata id"),
    "a latitude that is no number": ("place", {"latitude": "nan", "longitude": "1"}, "Enter a number"),
    "a latitude without end": ("place", {"latitude": "1e999", "longitude": "1"}, "Enter a number"),
    "a slug with spaces": ("official", {"slug": "a b"}, "Enter a valid “slug”"),
    "a slug that is taken": ("official", {"slug": "other-official"}, "already exists"),
    "a citation without a source": ("statement", {"citations__0__source": ""}, "This field is required"),
    "rows that were not counted": ("meeting", {"participations__TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
    "a row of another meeting": (
        "meeting",
        {"participations__0__id": "foreign_row", "participations__0__name_as_written": "spy"},
        "deleted this row meanwhile",
    ),
}


@pytest.fixture
def world():
    """One record of each sort, linked as far as the rules above need it; nothing is published."""
    official = factories.OfficialFactory(name="Official")
    other = factories.OfficialFactory(name="Other official")
    country = factories.CountryFactory()
    factories.CountryFactory(iso2="XA", iso3="XAA")
    factories.CountryFactory(iso3166_3="XAAA", kind="former-state")
    position = factories.PositionFactory(official=official, country=country)
    meeting, place = factories.MeetingFactory(), factories.PlaceFactory()
    organization, statement = factories.OrganizationFactory(), factories.StatementFactory()
    factories.ParticipationFactory(meeting=meeting, official=official, country=country)
    factories.StatementFactory(meeting=meeting)
    factories.CitationFactory(meeting=meeting)
    factories.CitationFactory(statement=statement)
    factories.ExternalIdFactory(dataset="visits", identifier="1")
    return {
        "official": official,
        "other_official": other,
        "country": country,
        "position": position,
        "other_position": factories.PositionFactory(official=other),
        "meeting": meeting,
        "inner_meeting": factories.MeetingFactory(part_of=meeting),
        "foreign_row": factories.ParticipationFactory(),
        "place": place,
        "inner_place": factories.PlaceFactory(within=place),
        "organization": organization,
        "inner_organization": factories.OrganizationFactory(part_of=organization),
        "statement": statement,
        "inner_statement": factories.StatementFactory(within=statement),
        "source": factories.SourceFactory(),
        "externalid": factories.ExternalIdFactory(),
    }


def test_every_rule_is_tried_or_out_of_reach():
    assert set(BROKEN) | set(OUT_OF_REACH) == set(RULES)
    assert not set(BROKEN) & set(OUT_OF_REACH)


def counts():
    models = (Meeting, Participation, Statement, Citation, Official, Place)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize("noun", sorted({noun for noun, _sent, _told in BROKEN.values()}))
def test_a_broken_rule_is_told_beside_the_form(admin_client, world, subtests, noun):
    """One page, sent once with each mistake; what is stored stays as it is."""
    record, before = world[noun], counts()
    page = page_of(record)
    sent = fields(admin_client.get(page))
    old = type(record).objects.values().get(pk=record.pk)
    for name, (where, changes, told) in {**BROKEN, **MORE}.items():
        if where == noun:
            with subtests.test(name):
                wrong = {field: world[value].pk if str(value) in world else value for field, value in changes.items()}
                response = admin_client.post(page, {**sent, **dashed(wrong), "_save": "1"})
                assert told in errors(response)
                assert counts() == before
                assert type(record).objects.values().get(pk=record.pk) == old


@pytest.mark.parametrize("noun", ["meeting", "official", "position", "country", "place", "topic", "statement"])
def test_an_empty_form_asks_for_what_is_needed(admin_client, noun):
    assert "This field is required" in errors(admin_client.post(address(noun), {}))


@pytest.mark.parametrize("noun", SLUGGED)
def test_text_of_any_length_and_script_is_refused_or_kept(admin_client, noun):
    field = "title" if noun == "meeting" else "name"
    for text in ("x" * 100_000, "𝔘" * 200, "\u202e\u0000", "'); DROP TABLE--", "<script>", "\ud7ff" * 199):
        response = send(admin_client, address(noun), **{field: text})
        assert response.status_code in (200, 302)
        if response.status_code == 200:
            errors(response)


def test_unconditional_uniqueness_stands_in_rows_only():
    """A conditional unique constraint ends in a 500 in the admin's rows, so rows have none."""
    for model in (Participation, Citation, Statement):
        assert not [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint) and rule.condition]


def test_who_speaks_for_whom_comes_from_the_post_and_its_lack_is_told(admin_client):
    meeting, israel = factories.MeetingFactory(), factories.CountryFactory(name="Israel")
    ministry = factories.OrganizationFactory()
    posts = [factories.PositionFactory(country=israel), factories.PositionFactory(country=None, organization=ministry)]
    rows = {}
    for row, post in enumerate(posts):
        rows |= {f"participations__{row}__official": post.official.pk, f"participations__{row}__position": post.pk}
    response = send(admin_client, page_of(meeting), **rows)
    assert [*Participation.objects.values_list("country", "organization")] == [(israel.pk, None), (None, ministry.pk)]
    assert not [told for told in messages(admin_client.get(response.url)) if "nothing says" in told]
    # What an editor takes out again stays so.
    send(admin_client, page_of(meeting), participations__0__country="")
    assert Participation.objects.earliest("pk").country is None
    response = send(
        admin_client, page_of(meeting), participations__2__official=factories.OfficialFactory(name="Lloyd Austin").pk
    )
    [told] = [told for told in messages(admin_client.get(response.url)) if "nothing says" in told]
    assert told.startswith("Of Lloyd Austin nothing says for which country or organization")
