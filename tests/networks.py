"""What tests of networks share."""

from tests import factories


def meet(*parties, by: str = "country", **meeting) -> None:
    """A published meeting of these parties."""
    meeting = factories.MeetingFactory(publication="published", **meeting)
    for party in parties:
        factories.ParticipationFactory(meeting=meeting, **{by: party})


def countries(*names: str) -> list:
    return [factories.CountryFactory(name=name) for name in names]
