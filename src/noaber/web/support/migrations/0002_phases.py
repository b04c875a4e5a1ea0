"""The four published phases of the AVE model, to begin with; their terms are those of the rules."""

from datetime import date
from typing import Any

from django.db import migrations

from noaber.rules import value

PHASES = (
    (1, "Fase 1: het gewone leven", "green", "de inwoner zelf, met het eigen netwerk", "niet nodig", "wie al helpt"),
    (2, "Fase 2: een vraag of probleem", "yellow", "de vaste begeleider", "de teamleider", "de teamleider"),
    (
        3,
        "Fase 3: problemen op meer gebieden",
        "orange",
        "een casusregisseur",
        "een procesregisseur",
        "het management van partner en gemeente",
    ),
    (
        4,
        "Fase 4: volledige escalatie",
        "dark",
        "een casusregisseur met doorzettingsmacht",
        "een procesregisseur van de gemeente",
        "de wethouder of burgemeester",
    ),
)


def add(apps: Any, _schema: Any) -> None:
    """Add the phases where there are none."""
    phase = apps.get_model("support", "Phase")
    for number, name, colour, case_direction, process_direction, responsible in PHASES:
        term = value(f"choice/escalation_term_{number}", date(2026, 1, 1)).number if number > 1 else None
        phase.objects.create(
            number=number,
            name=name,
            colour=colour,
            working_days=term and int(term),
            case_direction=case_direction,
            process_direction=process_direction,
            responsible=responsible,
        )


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
