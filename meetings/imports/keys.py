"""Which record a key of a file names."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Coalesce

from meetings.imports.nouns import Noun

#: So many keys are asked for at once.
AT_ONCE = 2000
#: Nouns with too many records to hold all their keys.
MANY = frozenset({"meetings", "statements", "participations", "status_changes", "citations", "external_ids"})


class Keys:
    """Primary keys by natural key. Those of the smaller nouns are held, one query each; of others, those asked for.

    The key of a merged record names the one that it was merged into.
    """

    def __init__(self, nouns: dict[str, Noun]):
        self.nouns = nouns
        self.held: dict[str, dict[str, int]] = {}

    def of(self, noun: str, keys: Iterable[str]) -> dict[str, int]:
        """The primary keys by key; keys that name nothing are left out. A query for 2,000 keys of the larger nouns."""
        if noun in MANY:
            wanted = list(keys)
            found: dict[str, int] = {}
            for at in range(0, len(wanted), AT_ONCE):
                found.update(self.query(noun, wanted[at : at + AT_ONCE]))
            return found
        if noun not in self.held:
            self.held[noun] = dict(self.query(noun, None))
        return self.held[noun]

    def query(self, noun: str, keys: list[str] | None):
        plan = self.nouns[noun]
        records = plan.model._base_manager.order_by()
        if keys is not None:
            records = records.filter(**{f"{plan.table.key}__in": keys})
        survivor = Coalesce("merged_into_id", "pk") if plan.merges else F("pk")
        return records.values_list(plan.table.key, survivor)

    def add(self, noun: str, made: dict[str, int]) -> None:
        """Records that were made meanwhile."""
        if noun in self.held:
            self.held[noun].update(made)
