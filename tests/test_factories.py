"""The factories: one for each record, and what they make is valid."""

import inspect

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from meetings.models import Country, Meeting, Statement
from tests import factories

FACTORIES = {
    made._meta.model.__name__: made
    for _name, made in inspect.getmembers(factories, inspect.isclass)
    if issubclass(made, DjangoModelFactory) and made._meta.model
}
RECORDS = [model for model in apps.get_app_config("meetings").get_models() if "Historical" not in model.__name__]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_every_record_has_a_factory_that_makes_valid_ones(model):
    for _time in range(2):
        FACTORIES[model.__name__]().full_clean()


@pytest.mark.django_db
def test_namesakes_get_slugs_of_their_own():
    slugs = [factories.OfficialFactory(name="Łódź, Jan").slug for _time in range(2)]
    assert slugs == ["lodz-jan", "lodz-jan-2"]


@pytest.mark.django_db
def test_what_is_published_passes_the_gate_and_the_rest_does_not():
    factories.MeetingFactory()
    factories.StatementFactory()
    meeting, statement = factories.MeetingFactory(published=True), factories.StatementFactory(published=True)
    assert list(Meeting.objects.published()) == [meeting]
    assert list(Statement.objects.published()) == [statement]
    assert meeting.citations.count() == meeting.participations.count() == statement.citations.count() == 1


@pytest.mark.django_db
def test_a_post_for_an_organization_has_no_country():
    post = factories.PositionFactory(organization=factories.OrganizationFactory())
    assert post.country is None
    assert not Country.objects.exists()
