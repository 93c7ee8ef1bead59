"""The tables of the index anew: they hold on which days the meetings of each status can lie.

`manage.py rebuild_index` fills them, and so does `seed`.
"""

from django.db import migrations

from meetings.index import schema


def create(apps, editor):
    with editor.connection.cursor() as cursor:
        schema.drop_tables(cursor)
        schema.create_tables(cursor)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_index_ends")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
