"""Keep with every wording the device it was written on, sealed as the words are (C14)."""

from django.db import migrations

from klimtouw.belongings.words import MarginField


class Migration(migrations.Migration):
    dependencies = [("belongings", "0003_seal_words")]
    operations = [
        migrations.AddField(model_name="thing", name="device", field=MarginField(blank=True, default="")),
        migrations.AddField(model_name="version", name="device", field=MarginField(blank=True, default="")),
    ]
