import django.db.models.deletion
from django.db import migrations, models

import klimtouw.belongings.words


class Migration(migrations.Migration):
    dependencies = [
        ("belongings", "0005_contents_of_files"),
        ("talks", "0002_seal_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="coachsentence",
            name="roles",
            field=models.CharField(default="", max_length=400),
        ),
        migrations.AlterField(
            model_name="preparationline",
            name="line_kind",
            field=models.CharField(
                choices=[
                    ("talk_about", "One thing I want to talk about"),
                    ("proud_of", "One thing I am proud of"),
                    ("what_became", "What became of what we agreed"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="Impression",
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
                ("text", klimtouw.belongings.words.WordsField(blank=True, default="")),
                (
                    "talk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="talks.talk",
                    ),
                ),
            ],
            options={"abstract": False},
            bases=("belongings.thing",),
        ),
    ]
