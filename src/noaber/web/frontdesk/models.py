"""A form that a resident is filling in, or has sent; found again only by the code that the resident keeps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop

from noaber.web.entrance.models import Contact
from noaber.web.privacy import Class, internal, plain, secret, special

_PURPOSE = gettext_noop("Een inwoner een vraag laten stellen via het web, en laten zien wat ermee gebeurt")
_BASIS = "AVG art. 6 lid 1 onder e; Wmo 2015 art. 2.2.3 en 2.2.4; Jeugdwet art. 2.6"


class WebForm(models.Model):
    """A form on the web; of its code only a keyed hash is kept. Once sent, its answers are with the contact."""

    code_hash = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict, blank=True)
    touched_at = models.DateTimeField()
    contact = models.OneToOneField(Contact, models.SET_NULL, null=True, blank=True, related_name="web_form")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        subject = ("contact__caller",)
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/web_form"
        counted_from = "touched_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "code_hash": secret("by which the resident finds the form again"),
            "answers": special("what was filled in so far; empty once sent"),
            "touched_at": internal("when it was last filled in or looked at"),
            "contact": internal("which contact it became"),
            "sent_at": internal("when it was sent"),
        }

    def __str__(self) -> str:
        return str(self.pk)


class Upload(models.Model):
    """A file that waits with a form until it is sent."""

    form = models.ForeignKey(WebForm, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    content = models.BinaryField()

    class Privacy:
        subject = ("form__contact__caller",)
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/web_form"
        counted_from = "form__touched_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "form": internal("with which form"),
            "name": special("how the resident called it"),
            "kind": internal("what it is, found by looking inside"),
            "content": special("what the resident sent"),
        }

    def __str__(self) -> str:
        return str(self.pk)
