"""What the tables of libraries hold of people: we did not write them, and answer for them all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

from .classes import Class, internal, personal, plain, secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The words of `class Privacy`, for a model of a library."""

    fields: Mapping[str, Class]
    purpose: str = gettext_noop("Techniek die niets over iemand zegt")
    basis: str = "AVG art. 6 lid 1 onder e"
    subject: str = ""
    keep: str = ""
    counted_from: str = ""


_SAFE: Final = gettext_noop("Inloggen veilig maken")
_SAFE_BASIS: Final = "AVG art. 6 lid 1 onder e en 32; BIO2 5.17"
_ATTEMPT: Final = {
    "id": plain(),
    "user_agent": personal("the browser that somebody tried with"),
    "ip_address": personal("the network address it came from"),
    "username": personal("the name that somebody tried"),
    "http_accept": plain(),
    "path_info": plain(),
    "attempt_time": personal("when somebody tried"),
}
_DEVICE: Final = {
    "id": plain(),
    "user": personal("whose second step it is"),
    "name": plain(),
    "confirmed": internal("whether it works"),
    "throttling_failure_timestamp": internal("to slow down guessing"),
    "throttling_failure_count": internal("to slow down guessing"),
    "created_at": internal("since when"),
    "last_used_at": personal("when it was last used"),
}


def _device(**more: Class) -> Outside:
    return Outside(subject="user", purpose=_SAFE, basis=_SAFE_BASIS, fields=_DEVICE | more)


def _attempt(**more: Class) -> Outside:
    return Outside(
        purpose=_SAFE,
        basis=_SAFE_BASIS,
        keep="retention/login_data",
        counted_from="attempt_time",
        fields=_ATTEMPT | more,
    )


def _plain(*names: str) -> Outside:
    return Outside(fields={name: plain() for name in names})


OUTSIDE: Final[dict[str, Outside]] = {
    "auth.Group": _plain("id", "name", "permissions"),
    "auth.Group_permissions": _plain("id", "group", "permission"),
    "auth.Permission": _plain("id", "name", "content_type", "codename"),
    "contenttypes.ContentType": _plain("id", "app_label", "model"),
    "axes.AccessAttempt": _attempt(
        get_data=personal("what stood in the address"),
        post_data=personal("what was filled in, without the password"),
        failures_since_start=internal("to shut the door after five"),
    ),
    "axes.AccessAttemptExpiration": Outside(
        purpose=_SAFE,
        basis=_SAFE_BASIS,
        keep="retention/login_data",
        counted_from="expires_at",
        fields={"access_attempt": plain(), "expires_at": internal("until when the door is shut")},
    ),
    "axes.AccessFailureLog": _attempt(locked_out=internal("whether the door was shut")),
    "axes.AccessLog": _attempt(logout_time=personal("when somebody left"), session_hash=secret("which session it was")),
    "otp_static.StaticDevice": _device(),
    "otp_static.StaticToken": Outside(
        subject="device__user",
        purpose=_SAFE,
        basis=_SAFE_BASIS,
        fields={"id": plain(), "device": plain(), "token": secret("a reserve code")},
    ),
    "otp_totp.TOTPDevice": _device(
        key=secret("what makes the codes"),
        step=plain(),
        t0=plain(),
        digits=plain(),
        tolerance=plain(),
        drift=plain(),
        last_t=plain(),
    ),
    "sessions.Session": Outside(
        purpose=gettext_noop("Weten wie er is ingelogd"),
        keep="retention/session",
        counted_from="expire_date",
        fields={
            "session_key": secret("by which a browser is known"),
            "session_data": secret("who is logged in and how"),
            "expire_date": plain(),
        },
    ),
    "django_tasks_database.DBTaskResult": Outside(
        purpose=gettext_noop("Werk op de achtergrond doen"),
        keep="retention/background_work",
        counted_from="finished_at",
        fields={
            "id": plain(),
            "status": plain(),
            "enqueued_at": plain(),
            "started_at": plain(),
            "finished_at": plain(),
            "args_kwargs": internal("what to do; keys, never the content of a file"),
            "priority": plain(),
            "task_path": plain(),
            "worker_ids": plain(),
            "queue_name": plain(),
            "backend_name": plain(),
            "run_after": plain(),
            "return_value": internal("what came of it; counts"),
            "exception_class_path": plain(),
            "traceback": internal("where in the code it failed"),
        },
    ),
}
"""Every model of a library that has a table here, by label."""
