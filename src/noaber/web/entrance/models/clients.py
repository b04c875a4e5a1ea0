"""Residents as the entrance knows them: as little as is needed to call back or to know somebody again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person, Resident
from noaber.web.access.rights import Rights
from noaber.web.privacy import Class, internal, personal, plain

from ..scope import districts_of

BASIS = "AVG art. 6 lid 1 onder e; Wmo 2015 art. 2.2.3 en 2.2.4; Jeugdwet art. 2.6"
KEEP = "retention/entrance"


class Clients(models.QuerySet["Client"]):
    """Residents, and who may see which."""

    def visible_to(self, rights: Rights) -> Clients:
        """Return those who live in, or had a contact in, a district in which somebody works."""
        districts = districts_of(rights)
        if districts is None:
            return self
        within = Q(district__in=districts) | Q(calls__district__in=districts) | Q(subjects__district__in=districts)
        return self.filter(within).distinct()

    def themselves(self) -> Clients:
        """Return those who were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Client(models.Model):
    """A resident who gave a name at the entrance; who stays anonymous has no row.

    `resident` is filled in when a handover to the municipality asks for the citizen number, which stands nowhere here.
    Two rows of one person are merged by pointing from one to the other; nothing moves, so that unmerging is taking the
    pointer away. `search` is what one can find somebody by, in small letters without accents.
    """

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mail = models.EmailField(blank=True)
    district = models.CharField(max_length=20, blank=True)
    search = models.CharField(max_length=400, blank=True)
    added_at = models.DateTimeField()
    last_here_at = models.DateTimeField()
    resident = models.ForeignKey(Resident, models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Clients.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(merged_at__isnull=True, merged_by__isnull=True)
                | Q(merged_at__isnull=False, merged_by__isnull=False),
                name="merged_at_and_by",
            )
        ]

    class Privacy:
        subject = "self"
        purpose = gettext_noop("Een inwoner terugbellen of herkennen bij een volgende vraag")
        basis = BASIS
        keep = KEEP
        counted_from = "last_here_at"
        same = ("merged_into", "resident")
        found_by = "search"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": personal("who somebody is at the entrance and in the journal"),
            "name": personal("how somebody is called"),
            "born_on": personal("to tell two people of one name apart"),
            "phone": personal("to call back"),
            "mail": personal("to write back"),
            "district": personal("which team is near"),
            "search": personal("to find somebody despite typing errors"),
            "added_at": internal("since when we know of this person"),
            "last_here_at": personal("when this person was last here"),
            "resident": personal("who this is by the law, once the law asked for it"),
            "merged_into": personal("which row of the same person counts"),
            "merged_at": internal("when two rows became one"),
            "merged_by": internal("who saw that they are one person"),
        }

    def __str__(self) -> str:
        return self.key

    @property
    def itself(self) -> Client:
        """The row that counts for this person."""
        return self.merged_into.itself if self.merged_into else self
