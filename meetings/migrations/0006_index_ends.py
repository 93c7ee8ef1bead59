"""The tables of the index anew: they hold when two parties met first and last, and when meetings begin and end.

`manage.py rebuild_index` fills them, and so does `seed`.
"""

from django.db import migrations

from meetings.index import schema


def create(apps, editor):
    with editor.connection.cursor() as cursor:
        schema.drop_tables(cursor)
        schema.create_tables(cursor)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_ids_history")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
