"""The form of a moment."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Moment


class MomentForm(forms.ModelForm):  # type: ignore[type-arg]
    """When, what kind, what, and where or what to read before."""

    class Meta:
        model = Moment
        fields = ("on", "kind", "title", "remark")
        labels: ClassVar = {
            "on": _("Wanneer"),
            "kind": _("Soort"),
            "title": _("Wat"),
            "remark": _("Waar, of wat vooraf te lezen"),
        }
        widgets: ClassVar = {"on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def clean(self) -> dict[str, Any]:
        """Refuse a moment that stands in the plan already."""
        given = super().clean() or {}
        twin = Moment.objects.filter(on=given.get("on"), title=given.get("title"), dropped_at__isnull=True)
        if given.get("on") and given.get("title") and twin.exists():
            self.add_error("title", _("Dit staat op deze dag al in de planning."))
        return given
