"""Versions kept in bulk, as django-simple-history keeps them one by one."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def keep_versions(model: Any, records: Iterable[models.Model], reason: str, *, changed: bool = False) -> None:
    """Keeps what ``records`` are in the database as versions in their history, with their many-to-many links.

    They are the first versions, unless ``changed``. A query, and two more for each field of many to many.
    """
    kept = model.history.bulk_history_create(records, update=changed, default_change_reason=reason)
    versions = {version.id: version for version in kept}
    for field in model.history.model._history_m2m_fields:
        links = field.remote_field.through
        source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
        many = getattr(model.history.model, field.name).model
        rows = links._base_manager.filter(**{f"{source}__in": list(versions)}).order_by("pk")
        many._base_manager.bulk_create(
            many(
                id=row.pk,
                history_id=versions[owner := getattr(row, f"{source}_id")].history_id,
                **{f"{source}_id": owner, f"{target}_id": getattr(row, f"{target}_id")},
            )
            for row in rows
        )
