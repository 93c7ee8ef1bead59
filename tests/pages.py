"""What tests of pages share: the addresses of lists and pages, and their HTML."""

from meetings.models import Country, Meeting, Official, Organization, Place, Source, Statement, Topic

LISTS = ["meetings", "officials", "countries", "organizations", "places", "topics", "statements", "sources"]
OTHERS = ["/", "/search/", "/search/?q=Brussels", "/search/?q=nothing-like-it", "/about/", "/about/data/"]
NOUNS = [Meeting, Official, Country, Organization, Place, Topic, Statement, Source]


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.getvalue().decode()


def link(record) -> str:
    return f'<a href="{record.get_absolute_url()}"><bdi>{record}</bdi></a>'
