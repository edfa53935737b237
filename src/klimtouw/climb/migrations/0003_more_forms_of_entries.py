from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("climb", "0002_seal_words")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="form",
            field=models.CharField(
                choices=[
                    ("free", "free"),
                    ("what_so_what", "Three small questions"),
                    ("three_words", "Three words"),
                    ("scale", "A number from 0 to 10"),
                    ("woop", "Wish and plan (WOOP)"),
                    ("starr", "One situation up close (STARR)"),
                    ("alact", "Looking back, and then on (ALACT)"),
                ],
                default="free",
                max_length=16,
            ),
        ),
    ]
