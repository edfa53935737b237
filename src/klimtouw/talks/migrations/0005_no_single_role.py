from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("talks", "0004_chosen_role_among_several")]

    operations = [migrations.RemoveField(model_name="coachsentence", name="role")]
