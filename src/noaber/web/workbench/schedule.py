"""Long calculations, done in the background by whoever works through the tasks; each says how far it is."""

from __future__ import annotations

import msgspec
import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from noaber.records import NoaberError

from .calculating import DO, Asked, Made, MovedOnError
from .models import Calculation, CalculationFile
from .position import read

log = structlog.get_logger(__name__)


@task()
def calculate(about: str) -> bool:
    """Do a calculation that was asked for; returns whether something came of it."""
    calculation = Calculation.objects.filter(about=about, done_at__isnull=True).first()
    if calculation is None:
        return False

    def tell(doing: str, share: float) -> None:
        Calculation.objects.filter(about=about).update(doing=doing[:200], percent=min(round(100 * share), 99))

    asked = Asked(calculation.title, read(calculation.position), calculation.snapshot)
    try:
        _keep(calculation, DO[calculation.kind](asked, tell))
    except MovedOnError:
        _fail(calculation, gettext_noop("De momentopname is intussen vernieuwd. Vraag het opnieuw."))
    except NoaberError as error:
        _fail(calculation, str(error))
    except Exception:
        log.exception("a calculation broke", kind=calculation.kind)
        _fail(calculation, gettext_noop("Er ging iets mis bij het rekenen. In het log staat wat."))
    return not calculation.failure


@transaction.atomic
def _keep(calculation: Calculation, made: Made) -> None:
    calculation.figures = msgspec.json.encode(made.sections).decode()
    calculation.percent, calculation.done_at = 100, timezone.now()
    calculation.save()
    CalculationFile.objects.bulk_create(
        CalculationFile(calculation=calculation, name=item.name, content_type=item.content_type, content=item.content)
        for item in made.files
    )


def _fail(calculation: Calculation, failure: str) -> None:
    calculation.failure, calculation.done_at = failure[:400], timezone.now()
    calculation.save()
