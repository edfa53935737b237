from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_data_keys")]

    operations = [
        migrations.CreateModel(
            name="Erased",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("erased_at", models.DateTimeField()),
            ],
            options={"verbose_name_plural": "register of erased people"},
        ),
    ]
