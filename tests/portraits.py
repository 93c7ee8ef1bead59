"""What tests of profiles share."""

from meetings.lenses import portrait, profile
from meetings.models import Meeting
from tests import factories


def meeting(official, dated: str, **told) -> Meeting:
    made = factories.MeetingFactory(**{"publication": "published", "status": "held", "date": dated, **told})
    factories.ParticipationFactory(meeting=made, official=official)
    return made


def career(official) -> portrait.Career:
    return profile.years_page(official)["career"]
