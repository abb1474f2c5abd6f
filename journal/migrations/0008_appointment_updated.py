from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def as_created(apps, schema_editor):
    """What was never said to have changed is as it was made."""
    apps.get_model("journal", "Appointment").objects.update(updated=F("created"))


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0007_calendar_appointments"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="updated",
            field=models.DateTimeField(auto_now=True, default=timezone.now),
            preserve_default=False,
        ),
        migrations.RunPython(as_created, migrations.RunPython.noop),
    ]
