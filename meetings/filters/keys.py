"""The records that the keys of a parameter stand for, and those that may be meant by words that are no key."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Length, NullIf

from meetings import words
from meetings.index import gate, hits, near
from meetings.index.counts import public
from meetings.index.names import CALLED

#: How many records are offered in the place of an unknown key.
MOST_SUGGESTIONS = 10


class Found(NamedTuple):
    """A record that a parameter names: its key now, its name, its primary key."""

    key: str
    label: str
    pk: int


def look_up(wanted: dict[str, tuple]) -> dict[tuple[str, str], Found]:
    """The public records that keys stand for: ``{name: (model, keys)}`` to ``{(name, key): Found}``; a query, and one
    more where a key may be a merged record's. The gate itself is asked, not the index, so that nothing is named by an
    index that has gone stale."""
    found = read(wanted)
    missing = {
        name: (model, [key for key in keys if (name, key) not in found])
        for name, (model, keys) in wanted.items()
        if hasattr(model, "merged_into")
    }
    return found | read({name: one for name, one in missing.items() if one[1]}, "merged__")


def read(wanted: dict[str, tuple], of: str = "") -> dict[tuple[str, str], Found]:
    """The public records that have these keys, or one of whose relation ``of`` has; at most one query, and those of
    `gate.lets_through` for each that is not public for the usual reason."""
    if not wanted:
        return {}
    shape = tuple((name, model, len(keys)) for name, (model, keys) in wanted.items())
    given = {stand_in(name, at): key for name, (_model, keys) in wanted.items() for at, key in enumerate(keys)}
    sql, parameters = question(shape, of)
    return {
        (name, typed): Found(key, label, pk)
        for name, typed, key, label, pk, public in hits.rows(sql, [given.get(one, one) for one in parameters])
        if public or gate.lets_through(wanted[name][0], key, tried=1)
    }


def stand_in(name: str, at: int) -> str:
    """What stands for the ``at``-th key of a parameter where a question is written; no key has this in it."""
    return f"\x00{name}-{at}"


@lru_cache(maxsize=64)
def question(shape: tuple[tuple[str, Any, int], ...], of: str) -> tuple[str, tuple]:
    """The SELECT of the records that so many keys stand for, with whether they are public, and its parameters: Django
    takes longer to write it than the database to answer it."""
    members = []
    for name, model, number in shape:
        key, keys = f"{of}{model.KEY}", [stand_in(name, at) for at in range(number)]
        records = model.objects.order_by().filter(**{f"{key}__in": keys})
        members.append(records.values_list(Value(name), key, *columns(model), gate.usually(model, key, keys)))
    return members[0].union(*members[1:], all=True).query.sql_with_params()


def columns(model) -> tuple:
    """Key, name and primary key, as `Found` takes them."""
    if model.KEY == "slug":
        return Cast("slug", CharField()), Cast("name", CharField()), F("pk")
    return Cast(model.KEY, CharField()), Cast(source_name(), CharField()), F("pk")


def source_name(path: str = "") -> Coalesce:
    """What a source is called where there is little room: its title, else its publisher, else its uid."""
    return Coalesce(NullIf(F(f"{path}title"), Value("")), F(f"{path}publisher__name"), F(f"{path}uid"))


def is_name(model, value: str) -> bool:
    """Whether a value can be the name of a record. What can be a key is none: the key of a record that has gone must
    not come to mean another."""
    return model in CALLED and value != words.slugify(value)


def called(model, name: str, among: list[Found]) -> list[Found]:
    """Those of the records that are called exactly so, whatever the case and accents, and that the gate lets through; a
    query, and those of the gate for each. None for what is no name."""
    if not among or not is_name(model, name):
        return []
    folded = words.fold(name)
    rows = model.objects.filter(pk__in=[one.pk for one in among]).values_list("pk", *CALLED[model])
    so = {pk for pk, *names in rows if folded in map(words.fold, "\n".join(names).splitlines())}
    return [one for one in among if one.pk in so and gate.lets_through(model, one.key)]


def suggest(model, query: str) -> list[Found]:
    """Public records whose names begin with the words of ``query``, the shortest first, else those with names near it;
    at most four queries, none for a query without words."""
    records = public(model)
    matching = records.matching(query).order_by(*([Length("name")] if model in CALLED else []), "pk")
    found = [Found(*row) for row in matching.values_list(*columns(model))[:MOST_SUGGESTIONS]]
    if found or model not in CALLED:
        return found
    keys = near.records(query, model, MOST_SUGGESTIONS)
    by_key = {row[-1]: Found(*row) for row in records.filter(pk__in=keys).values_list(*columns(model))} if keys else {}
    return [by_key[key] for key in keys if key in by_key]
