"""noaber-web first_administrator: add the first person of an installation, who lets in all others."""

from __future__ import annotations

from datetime import timedelta
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from noaber.web.access import actions
from noaber.web.access.models import Assignment, Organisation
from noaber.web.journal.actions import By


class Command(BaseCommand):
    """Add an administrator where there is none yet; everyone after that is given a role by another person."""

    help = "Add the first administrator of this installation."

    def add_arguments(self, parser: Any) -> None:
        """Take the mail address and the name."""
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask for a password and add the account; refuses when a role was given here before."""
        if Assignment.objects.exists():
            raise CommandError("There are roles here already; let an administrator give the next one.")
        password = getpass("Password: ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        now = timezone.now()
        by = By(at=now, name="De installatie", role="systeem")
        organisation, _new = Organisation.objects.get_or_create(name=settings.NOABER.name, kind=settings.NOABER.role)
        person = actions.add_person(
            email=options["email"], name=options["name"], organisation=organisation, at=now, by=by, password=password
        )
        today = timezone.localdate(now)
        actions.give_role(
            person,
            role="administrator",
            begins_on=today,
            ends_on=today + timedelta(days=365),
            reason="eerste beheerder",
            given_by=None,
            by=by,
        )
        self.stdout.write(f"{person.name} may log in and let in others.")
