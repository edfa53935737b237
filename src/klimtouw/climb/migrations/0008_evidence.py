import django.db.models.deletion
from django.db import migrations, models

import klimtouw.belongings.words


class Migration(migrations.Migration):
    dependencies = [
        ("belongings", "0005_contents_of_files"),
        ("climb", "0007_framework_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "thing_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="belongings.thing",
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[("photo", "photo"), ("file", "file"), ("link", "link")], max_length=8
                    ),
                ),
                ("content_type", models.CharField(blank=True, default="", max_length=100)),
                ("bytes", models.PositiveIntegerField(default=0)),
                ("caption", klimtouw.belongings.words.WordsField(blank=True, default="")),
                ("file_name", klimtouw.belongings.words.WordsField(blank=True, default="")),
                ("url", klimtouw.belongings.words.WordsField(blank=True, default="")),
                ("digest", klimtouw.belongings.words.MarginField(blank=True, default="")),
                (
                    "on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="belongings.thing",
                    ),
                ),
            ],
            options={"abstract": False},
            bases=("belongings.thing",),
        ),
    ]
