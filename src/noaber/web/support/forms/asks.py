"""What every form of this room knows, and the fields that many have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.web.entrance.towns import districts

from ..viewer import Viewer


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


def long_field(label: Any, **more: Any) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": 4}), **more)


class Asks:
    """What every form here knows: on what it acts (`of`), on which row of it, and who looks (`viewer`)."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    add_error: Any

    def __init__(self, *args: Any, viewer: Viewer, of: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.of, self.row = viewer, of, row
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and what is known already."""

    def among(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a field choose among some rows."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def offer_districts(self, name: str) -> None:
        """Let a field choose a district by its name; where none are known, its code is typed."""
        known = [(item.code, item.name) for item in districts()]
        if known:
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=known)

    def forwards(self, begins: str, ends: str) -> None:
        """Refuse an end before the beginning."""
        first, last = self.cleaned_data.get(begins), self.cleaned_data.get(ends)
        if first and last and last < first:
            self.add_error(ends, _("Dit ligt voor de eerste dag."))

    def not_later(self, name: str) -> None:
        """Refuse a day that has yet to come."""
        if (given := self.cleaned_data.get(name)) and given > self.viewer.on:
            self.add_error(name, _("Deze dag moet nog komen."))


class ActForm(Asks, forms.Form):
    """A form that gives an action what it needs, by name."""


class RowForm(Asks, forms.ModelForm):
    """A form that fills a row (`form.instance`), which the action then keeps."""

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, instance=row, **kwargs)
