from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_retention_hangs")]

    operations = [
        migrations.AddField(
            model_name="service",
            name="keeps_list",
            field=models.BooleanField(default=False, help_text="It told a keeper that it takes names while closed."),
        ),
    ]
