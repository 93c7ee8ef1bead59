"""The public addresses: a contract that people bookmark and script."""

from django.urls import path

from meetings.models import Country, Official, Organization, Place, Topic
from meetings.views import (
    countries,
    exports,
    home,
    lenses,
    meetings,
    officials,
    organizations,
    places,
    search,
    sources,
    statements,
    topics,
    years,
)

app_name = "meetings"

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("meetings.csv", exports.MeetingsCsv.as_view(), name="meetings_csv"),
    path("meetings.json", exports.MeetingsJson.as_view(), name="meetings_json"),
    path("meetings/", meetings.MeetingList.as_view(), name="meetings"),
    path("meetings/facets/", meetings.MeetingFacets.as_view(), name="meeting_facets"),
    path("meetings/matrix/", lenses.Matrix.as_view(), name="meeting_matrix"),
    path("meetings/matrix.svg", lenses.Picture.as_view(lens=lenses.Matrix), name="meeting_matrix_svg"),
    path("meetings/<slug:uid>/", meetings.MeetingDetail.as_view()),
    path("meetings/<slug:uid>/<slug:slug>/", meetings.MeetingDetail.as_view(), name="meeting"),
    path("officials/", officials.OfficialList.as_view(), name="officials"),
    path("officials/<slug:slug>/", officials.OfficialDetail.as_view(), name="official"),
    path("officials/<slug:slug>/years/", years.Years.as_view(model=Official), name="official_years"),
    path("officials/<slug:slug>/years.svg", years.YearsPicture.as_view(model=Official), name="official_years_svg"),
    path("countries/", countries.CountryList.as_view(), name="countries"),
    path("countries/<slug:slug>/", countries.CountryDetail.as_view(), name="country"),
    path("countries/<slug:slug>/years/", years.Years.as_view(model=Country), name="country_years"),
    path("countries/<slug:slug>/years.svg", years.YearsPicture.as_view(model=Country), name="country_years_svg"),
    path("organizations/", organizations.OrganizationList.as_view(), name="organizations"),
    path("organizations/<slug:slug>/", organizations.OrganizationDetail.as_view(), name="organization"),
    path("organizations/<slug:slug>/years/", years.Years.as_view(model=Organization), name="organization_years"),
    path(
        "organizations/<slug:slug>/years.svg",
        years.YearsPicture.as_view(model=Organization),
        name="organization_years_svg",
    ),
    path("places/", places.PlaceList.as_view(), name="places"),
    path("places/<slug:slug>/", places.PlaceDetail.as_view(), name="place"),
    path("places/<slug:slug>/years/", years.Years.as_view(model=Place), name="place_years"),
    path("places/<slug:slug>/years.svg", years.YearsPicture.as_view(model=Place), name="place_years_svg"),
    path("topics/", topics.TopicList.as_view(), name="topics"),
    path("topics/<slug:slug>/", topics.TopicDetail.as_view(), name="topic"),
    path("topics/<slug:slug>/years/", years.Years.as_view(model=Topic), name="topic_years"),
    path("topics/<slug:slug>/years.svg", years.YearsPicture.as_view(model=Topic), name="topic_years_svg"),
    path("statements.csv", exports.StatementsCsv.as_view(), name="statements_csv"),
    path("statements/", statements.StatementList.as_view(), name="statements"),
    path("statements/facets/", statements.StatementFacets.as_view(), name="statement_facets"),
    path("statements/<slug:uid>/", statements.StatementDetail.as_view(), name="statement"),
    path("sources/", sources.SourceList.as_view(), name="sources"),
    path("sources/<slug:uid>/", sources.SourceDetail.as_view(), name="source"),
    path("search/", search.Search.as_view(), name="search"),
    path("autocomplete/<slug:noun>/", search.Autocomplete.as_view(), name="autocomplete"),
    path("about/", home.About.as_view(), name="about"),
    path("about/data/", home.AboutData.as_view(), name="data"),
]
