"""Every field is in one class, every term exists, and rooms lean only on what is lower."""

import re

import pytest
from django.core.management import call_command
from house import ROOT
from web_rooms import layers, models

from noaber.rules import all_rules
from noaber.web.privacy.declaration import SELF, declarations, field_at
from noaber.web.privacy.numbers import BlindIndex, EncryptedNumber
from noaber.web.privacy.register import KINDS

DECLARED = list(declarations())


def ids(item):
    """A test by the model."""
    return getattr(item, "label", None) or item._meta.label


@pytest.mark.parametrize("item", DECLARED, ids=ids)
def test_every_field_is_in_exactly_one_class(item):
    fields = {field.name for field in (*item.model._meta.concrete_fields, *item.model._meta.many_to_many)}
    assert set(item.fields) == fields
    assert set(item.kinds()) <= set(KINDS)


@pytest.mark.parametrize("item", DECLARED, ids=ids)
def test_a_model_says_what_for_on_which_basis_and_how_long(item):
    assert len(item.purpose.split()) >= 3
    assert item.basis
    if item.counted_from:
        assert item.keep in all_rules()
        assert field_at(item.model, item.counted_from).get_internal_type() in {"DateField", "DateTimeField"}


@pytest.mark.parametrize("item", DECLARED, ids=ids)
def test_whom_a_row_is_about_can_be_followed(item):
    for path in item.subjects:
        assert path == SELF or field_at(item.model, path) is not None


@pytest.mark.parametrize("item", [item for item in DECLARED if not item.subjects], ids=ids)
def test_what_is_about_nobody_holds_nothing_special(item):
    assert not {"special", "identifier"} & set(item.kinds())


@pytest.mark.parametrize("model", models(), ids=ids)
def test_a_number_of_the_law_is_encrypted_and_nothing_else_is(model):
    classes = next(item for item in DECLARED if item.model is model).fields
    for field in model._meta.concrete_fields:
        assert (classes[field.name].kind == "identifier") == isinstance(field, EncryptedNumber), field.name
        if isinstance(field, BlindIndex):
            assert classes[field.name].kind == "secret"


@pytest.mark.parametrize("model", models(), ids=ids)
def test_a_relation_goes_down(model):
    heights = layers()
    for field in model._meta.get_fields():
        to = field.related_model if field.concrete and field.is_relation else None
        if to is not None and to.__module__.startswith("noaber.web."):
            assert heights[to._meta.app_label] <= heights[model._meta.app_label], field.name


@pytest.mark.parametrize("model", models(), ids=ids)
def test_who_and_when_belong_together_in_the_database(model):
    """A pair such as approved_by and approved_at, both of which may be empty, is filled together or not at all."""
    empty = {field.name for field in model._meta.concrete_fields if field.null}
    for name in empty:
        stem, _, end = name.rpartition("_")
        partners = {f"{stem}_at", f"{stem}_on"} & empty
        if end == "by" and partners:
            told = " ".join(str(item.condition) for item in model._meta.constraints if hasattr(item, "condition"))
            assert name in told, f"{name} without a constraint that ties it to {partners}"


@pytest.mark.parametrize("model", models(), ids=ids)
def test_a_model_has_a_row_in_the_glossary(model):
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
    assert f"\n| {spoken} |" in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").lower()


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
