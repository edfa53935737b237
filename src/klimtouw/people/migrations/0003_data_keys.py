from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_sessions_of_people")]

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("master", models.CharField(max_length=16)),
                ("wrapped", models.BinaryField(max_length=64)),
            ],
            options={"indexes": [models.Index(fields=["master"], name="data_key_by_master")]},
        ),
    ]
