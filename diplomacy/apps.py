from django.apps import AppConfig


class DiplomacyConfig(AppConfig):
    """The switchboard; an app only so that its checks are run."""

    name = "diplomacy"

    def ready(self) -> None:
        from . import checks  # noqa: F401
