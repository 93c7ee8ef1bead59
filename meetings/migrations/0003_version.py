"""The number that every write changes (`meetings.index.version`)."""

from django.db import migrations

from meetings.index import version


def create(apps, editor):
    with editor.connection.cursor() as cursor:
        version.create_table(cursor)


def drop(apps, editor):
    with editor.connection.cursor() as cursor:
        version.drop_table(cursor)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_index")]
    operations = [migrations.RunPython(create, drop)]
