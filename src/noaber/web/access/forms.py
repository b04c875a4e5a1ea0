"""The forms of logging in and of managing people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Person


class LoginForm(forms.Form):
    """Mail address and password; says the same thing whatever was wrong."""

    username = forms.EmailField(
        label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Wachtwoord"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person, or refuse without saying which of the two was wrong."""
        given = super().clean() or {}
        if "username" in given and "password" in given:
            found = authenticate(self.request, username=given["username"], password=given["password"])
            if not isinstance(found, Person):
                raise forms.ValidationError(_("Dit e-mailadres en wachtwoord horen niet bij elkaar."))
            self.person = found
        return given


class CodeForm(forms.Form):
    """The code of the second step: six digits from an app, or one of the reserve codes."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Zes cijfers uit uw app, of een van uw reservecodes."),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )
