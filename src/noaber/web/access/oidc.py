"""Logging in with the identity provider of the organisation (OpenID Connect, by mozilla-django-oidc).

The provider says who somebody is; an account must exist here already, and rights come from roles only. Whether it also
asked for a second factor is read from the token: an `acr` that the installation lists, or a strong method in its `amr`.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from .models import Person

_FACTORS: Final = frozenset({"mfa", "otp", "hwk", "fpt", "sc"})
"""Values of `amr` (RFC 8176) that no password alone can give."""


class StaffBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Knows people by the mail address that the provider vouches for; adds nobody."""

    second_step = False

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Check signature and nonce, and that the token is from our provider and meant for us."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        meant_for = payload.get("aud")
        if payload.get("iss", "").rstrip("/") != settings.NOABER.staff.issuer.rstrip("/"):
            raise SuspiciousOperation("The token is from another provider.")
        if self.OIDC_RP_CLIENT_ID not in (meant_for if isinstance(meant_for, list) else [meant_for]):
            raise SuspiciousOperation("The token is meant for another client.")
        self.second_step = shows_second_factor(payload, settings.NOABER.staff.second_factor)
        return payload

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Person]:
        """Return the one open account with this address; none when the provider does not vouch for it."""
        if claims.get("email_verified") is False or not claims.get("email"):
            return Person.objects.none()
        return Person.objects.filter(email__iexact=claims["email"], closed_at__isnull=True)

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Person | None:
        """Return the account, carrying for this request whether the provider asked for a second factor."""
        person: Person | None = super().get_or_create_user(access_token, id_token, payload)
        if person is not None:
            person.second_step_by_provider = self.second_step  # type: ignore[attr-defined]
        return person

    def get_user(self, user_id: int) -> Person | None:
        """Return the person of a session, unless the account was closed since."""
        return Person.objects.select_related("organisation").filter(pk=user_id, closed_at__isnull=True).first()


def shows_second_factor(payload: dict[str, Any], listed: tuple[str, ...]) -> bool:
    """Return whether a token says that a second factor was asked for."""
    methods = payload.get("amr") or ()
    known = set(methods.split() if isinstance(methods, str) else methods)
    return payload.get("acr") in listed or bool(known & _FACTORS)
