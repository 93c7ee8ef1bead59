"""Records found by their names: of officials, countries, organizations, places and topics."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from meetings import words
from meetings.index.tags import LETTERS
from meetings.words import Term

TAGS = "SELECT DISTINCT tag FROM meetings_index_name"


class Named(NamedTuple):
    """A record by its tag, how many public meetings have the tag, and how many records of its noun were found."""

    tag: str
    meetings: int
    among: int

    @property
    def pk(self) -> int:
        return int(self.tag[1:])


def letter(model: Any) -> str:
    """The letter of the tags of a noun."""
    return LETTERS[model._meta.model_name]


def most_met(query: str, models: Iterable[Any], most: int) -> list[Named]:
    """Records of these nouns, public or not, that are named as a search says; of each noun the ``most`` with most
    meetings, these first. One query, none for a search without words.

    It finds what `RecordQuerySet.matching` finds, and by the names of what was merged into a record too.
    """
    found, parameters = tags(query)
    letters = list(map(letter, models))
    noun = "substr(f.tag, 1, 1)"
    sql = (
        "SELECT tag, n, among FROM (SELECT f.tag AS tag, coalesce(n.n, 0) AS n,"
        f" count(*) OVER (PARTITION BY {noun}) AS among,"
        f" row_number() OVER (PARTITION BY {noun} ORDER BY coalesce(n.n, 0) DESC, f.tag) AS place"
        f" FROM ({found}) AS f LEFT JOIN meetings_index_number n ON n.scope = '' AND n.tag = f.tag"
        f" WHERE {noun} IN ({', '.join(['%s'] * len(letters))})) AS ranked"
        f" WHERE place <= {most} ORDER BY n DESC, tag"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *letters])
        return [Named(*row) for row in cursor.fetchall()]


def keys(query: str, model: Any) -> RawSQL:
    """The primary keys of a noun's records that are named as a search says, as a sub-select for a queryset."""
    found, parameters = tags(query)
    sql = f"SELECT CAST(substr(tag, 2) AS BIGINT) FROM ({found}) AS f WHERE substr(tag, 1, 1) = %s"
    return RawSQL(sql, [*parameters, letter(model)])


def tags(query: str) -> tuple[str, list[str]]:
    """The SELECT of the tags of all records that are named as a search says, and its parameters.

    A word is at least the beginning of one of the names' words; a phrase has its words, whole, in any order; so has
    what a name is to be without.
    """
    wanted = words.begun(query)
    sql, parameters = together([term for term in wanted if not term.without])
    for term in wanted:
        if term.without:
            without, more = together([term])
            sql += f" EXCEPT SELECT tag FROM ({without}) AS without"
            parameters += more
    return sql, parameters


def together(wanted: Sequence[Term]) -> tuple[str, list[str]]:
    """The SELECT of the tags that have names with all words of all terms, and its parameters."""
    members, parameters = [], []
    for term in wanted:
        for at, word in enumerate(term.words, 1):
            if term.beginning and at == len(term.words):
                members.append(f"{TAGS} WHERE word >= %s AND word < %s")
                parameters += [word, word + chr(0x10FFFF)]
            else:
                members.append(f"{TAGS} WHERE word = %s")
                parameters.append(word)
    return " INTERSECT ".join(members) or TAGS, parameters
