"""Templates stand on their own room or on the site, carry no script or style, and say everything in two languages."""

import gettext
import io
import re

import pytest
from translate import catalogue, compiled, file, texts
from web_rooms import NAMES, templates

from noaber.web.privacy.declaration import declarations

TEMPLATES = list(templates())
SAFE = re.compile(r"\.(svg|small|table_html)\|safe")
"""What we drew or made ourselves, and may stand in a page as it is."""
NAMED = [f"{room}/{path}" for room, path, _ in TEMPLATES]


@pytest.mark.parametrize(("room", "path", "text"), TEMPLATES, ids=NAMED)
def test_a_template_stands_on_its_own_room_or_on_the_site(room, path, text):
    assert path.startswith(f"{room}/")
    for other in re.findall(r"{% (?:extends|include) \"([^/\"]+)/", text):
        assert other in {room, "site"}


@pytest.mark.parametrize(("room", "path", "text"), TEMPLATES, ids=NAMED)
def test_a_template_has_no_script_or_style_of_its_own(room, path, text):
    assert not re.findall(r"<script(?![^>]*\ssrc=)", text)
    assert not re.findall(r"\sstyle=", text)
    assert not re.findall(r"\son[a-z]+=", text)
    assert not re.findall(r"<style(?! nonce=)", text)
    assert "|safe" not in SAFE.sub("", text)
    assert "autoescape off" not in text


@pytest.mark.parametrize(("room", "path", "text"), TEMPLATES, ids=NAMED)
def test_a_form_that_changes_something_is_protected(room, path, text):
    for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>(.*?)</form>", text, re.DOTALL):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("room", NAMES)
def test_every_text_is_there_in_english(room):
    known = catalogue(room)
    found = {text: known.get(text) for text in texts(room)}
    assert not [text for text, item in found.items() if item is None or not item.string or item.fuzzy]


@pytest.mark.parametrize("room", NAMES)
def test_no_translation_is_left_over(room):
    assert not {item.id if isinstance(item.id, str) else item.id[0] for item in catalogue(room) if item.id} - set(
        texts(room)
    )


@pytest.mark.parametrize("room", NAMES)
def test_what_is_compiled_is_what_is_translated(room):
    if texts(room):
        now, then = (
            gettext.GNUTranslations(io.BytesIO(plain))._catalog
            for plain in (compiled(catalogue(room)), file(room, "mo").read_bytes())
        )
        assert {key: told for key, told in now.items() if key} == {key: told for key, told in then.items() if key}


def test_every_purpose_of_the_register_is_marked_to_be_translated():
    all_texts = set().union(*(texts(room) for room in NAMES))
    assert not {item.purpose for item in declarations()} - all_texts
