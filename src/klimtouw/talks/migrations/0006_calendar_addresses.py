import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("talks", "0005_no_single_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="Habits",
            fields=[
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("address_hash", models.CharField(default="", max_length=64)),
                ("secret", models.CharField(default="", max_length=64)),
                ("shows_names", models.BooleanField(default=False)),
                ("has_card_by_mail", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=~models.Q(address_hash=""),
                        fields=("address_hash",),
                        name="one_person_per_calendar_address",
                    )
                ]
            },
        )
    ]
