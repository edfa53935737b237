from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DailyHead",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("last_line", models.PositiveBigIntegerField()),
                ("lines", models.PositiveBigIntegerField()),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
    ]
