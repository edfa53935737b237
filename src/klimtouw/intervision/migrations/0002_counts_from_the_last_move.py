from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intervision", "0001_rooms"),
    ]

    operations = [
        migrations.AddField(
            model_name="room",
            name="moved_at",
            field=models.DateTimeField(null=True),
        ),
    ]
