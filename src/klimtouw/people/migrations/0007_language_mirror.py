from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_devices_without_network"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="has_mirror",
            field=models.BooleanField(default=False, verbose_name="language mirror"),
        ),
    ]
