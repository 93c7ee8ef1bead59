"""The tables of the index (`meetings.index.schema`); `manage.py rebuild_index` fills them."""

from django.db import migrations

from meetings.index import schema


def create(apps, editor):
    with editor.connection.cursor() as cursor:
        schema.create_tables(cursor)


def drop(apps, editor):
    with editor.connection.cursor() as cursor:
        schema.drop_tables(cursor)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_records")]
    operations = [migrations.RunPython(create, drop)]
