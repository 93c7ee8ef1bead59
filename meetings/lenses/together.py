"""The addresses of the lists of those meetings of a set that name one party, or two together."""

from django.http import QueryDict


class Together:
    """Adds values of the parameter ``by`` to a list's ``address`` and ``query`` (a filter, from its "?" on), which
    takes ``most`` of them."""

    def __init__(self, by: str, address: str, query: str, most: int):
        kept = QueryDict(query.removeprefix("?"), mutable=True)
        self.by = by
        self.given = kept.getlist(by)
        #: How many more values of the parameter a list takes.
        self.room = most - len(self.given)
        #: What each address begins with, up to the parameters that are added.
        self.prefix = f"{address}?{kept.urlencode()}{'&' if kept else ''}"

    def added(self, key: str) -> str:
        """The parameter for a key; "" where the filter has it already."""
        return "" if key in self.given else f"{self.by}={key}"

    def address(self, *keys: str) -> str:
        """The address of the list of those that name all of ``keys``; "" where it would be refused."""
        added = [one for one in map(self.added, keys) if one]
        return self.prefix + "&".join(added) if len(added) <= self.room else ""
