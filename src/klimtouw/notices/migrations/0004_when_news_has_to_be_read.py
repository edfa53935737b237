from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_circles_can_be_muted")]

    operations = [
        migrations.AddField(model_name="notice", name="before", field=models.DateTimeField(null=True)),
    ]
