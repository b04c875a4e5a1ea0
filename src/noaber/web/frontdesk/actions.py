"""What residents do with the form on the web; each act one transaction with its one line, without who it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from noaber.web.entrance import actions as entrance
from noaber.web.entrance.heard import Heard, Who
from noaber.web.entrance.models import Contact
from noaber.web.journal.actions import By, write

from .codes import hashed
from .models import Upload, WebForm


@transaction.atomic
def begin(*, code: str, at: datetime, by: By) -> WebForm:
    """Begin a form under a code."""
    form = WebForm.objects.create(code_hash=hashed(code), touched_at=at)
    write("web_form_begun", by=by, object=("web_form", form.pk))
    return form


@transaction.atomic
def keep(form: WebForm, *, answers: Mapping[str, str], at: datetime, by: By) -> None:
    """Keep the answers of one page with those before it."""
    form.answers = {**form.answers, **answers}
    form.touched_at = at
    form.save(update_fields=["answers", "touched_at"])
    write("web_form_kept", by=by, object=("web_form", form.pk))


@transaction.atomic
def add_file(form: WebForm, *, name: str, kind: str, content: bytes, by: By) -> None:
    """Add a file that goes along with the form."""
    Upload.objects.create(form=form, name=name, kind=kind, content=content)
    write("web_form_kept", by=by, object=("web_form", form.pk))


@transaction.atomic
def remove_files(form: WebForm, *, by: By) -> None:
    """Take the files away again."""
    form.uploads.all().delete()
    write("web_form_kept", by=by, object=("web_form", form.pk))


@transaction.atomic
def send(form: WebForm, *, district: str, at: datetime, by: By) -> Contact:
    """Send a form to the entrance, where it is a contact that waits for an answer; the draft is emptied."""
    told = form.answers
    files = [(item.name, item.kind, bytes(item.content)) for item in form.uploads.all()]
    heard = Heard(
        channel="web",
        theme=told.get("theme", "anders"),
        outcome="",
        district=district,
        words=told.get("words", ""),
        caller=Who(name=told.get("name", ""), phone=told.get("phone", ""), mail=told.get("mail", "")),
        answer_by=told.get("answer_by", "code"),
    )
    question = entrance.register(heard, at=at, by=by, worker=None, files=files)
    form.uploads.all().delete()
    form.answers, form.contact, form.sent_at, form.touched_at = {}, question.contact, at, at
    form.save(update_fields=["answers", "contact", "sent_at", "touched_at"])
    return question.contact
