"""Files that mean harm or make no sense: each ends in a refusal, quickly, and none reaches for disk or network."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest

from message_texts import message, text
from noaber.messages import MessageError, read, unwrap

START = text("305")
BODY = START.partition("\n")[2]

_STEPS = "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
BOMB = f"""<?xml version="1.0"?>
<!DOCTYPE bom [<!ENTITY a "{"x" * 100}">{_STEPS}]>
""" + BODY.replace("Voorbeeld", "&i;")
EXTERNAL = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY geheim SYSTEM "file:///etc/hostname">]>\n' + BODY.replace(
    "Voorbeeld", "&geheim;"
)
REMOTE = '<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">\n' + BODY
INCLUDED = BODY.replace(
    "Voorbeeld", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname" parse="text"/>'
)
DEEP = BODY.replace("Voorbeeld", "<a>" * 100_000 + "</a>" * 100_000)
HIDDEN = BOMB.replace('"1.0"', '"1.0" encoding="UTF-7"').replace("<!D", "+ADwAIQ-D")
ATTRIBUTES = " ".join(f'a{number}=""' for number in range(1_000_000))
MANY = "<m:StartProducten>" + "<a/>" * 3_100_000
WRONG = "<m:StartProducten>" + "<a/>" * 500_000
EVERYWHERE = '<m:StartProduct a=""/>' * 100_000 + "</m:StartProducten>"
OLDER = START.replace("3_2", "3_1")
CARE_ACT = START.replace("istandaarden.nl/iwmo", "istandaarden.nl/iwlz")

FILES = {
    "entity bomb": (BOMB.encode(), "N-203"),
    "entity bomb in UTF-16": (BOMB.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"), "N-203"),
    "entity bomb in UTF-16 without a mark": (BOMB.encode("utf-16-be"), "N-203"),
    "entity bomb in UTF-32": (BOMB.encode("utf-32"), "N-203"),
    "external entity": (EXTERNAL.encode(), "N-203"),
    "document type from the network": (REMOTE.encode(), "N-203"),
    "inclusion": (INCLUDED.encode(), "N-205"),
    "endless depth": (DEEP.encode(), "N-203"),
    "millions of elements": (BODY.replace("<m:StartProducten>", MANY).encode(), "N-203"),
    "half a million mistakes": (BODY.replace("<m:StartProducten>", WRONG).encode(), "N-205"),
    "a million attributes": (BODY.replace("<m:Geslacht>", f"<m:Geslacht {ATTRIBUTES}>").encode(), "N-203"),
    "attributes everywhere": (BODY.replace("</m:StartProducten>", EVERYWHERE).encode(), "N-205"),
    "encoding that hides": (HIDDEN.encode(), "N-202"),
    "encoding of mainframes": (BOMB.encode("cp500"), "N-202"),
    "a hundred megabytes": (b"<a>" + b"x" * 100_000_000, "N-201"),
    "one text of twelve megabytes": (BODY.replace("Voorbeeld", "x" * 12_000_000).encode(), "N-203"),
    "wrong encoding": (START.replace("Voorbeeld", "Bébé").encode("latin-1"), "N-202"),
    "not the encoding it names": (START.replace("UTF-8", "UTF-16").encode(), "N-202"),
    "nothing": (b"", "N-202"),
    "spaces": (b" \n ", "N-202"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "N-202"),
    "a table": (b"bsn;naam\n999944447;Voorbeeld\n", "N-202"),
    "zeros": (b"\0" * 10_000, "N-202"),
    "cut off": (START.encode()[:-40], "N-202"),
    "two roots": (f"{START}{BODY}".encode(), "N-202"),
    "unclosed": (START.replace("</m:Client>", "").encode(), "N-202"),
    "unknown entity": (START.replace("Voorbeeld", "&naam;").encode(), "N-202"),
    "another release": (OLDER.encode(), "N-204"),
    "another standard": (CARE_ACT.encode(), "N-204"),
    "a web page": (b"<html><body>404</body></html>", "N-204"),
    "a root that is no message": (re.sub(r"m:Bericht\b", "m:Post", START).encode(), "N-204"),
    "an unknown message code": (START.replace(">418<", ">999<").encode(), "N-205"),
    "a version to come": (START.replace(">2</m:BerichtSub", ">3</m:BerichtSub").encode(), "N-205"),
    "nothing but a header": ((START.partition("  <m:Client>")[0] + "</m:Bericht>").encode(), "N-205"),
    "a number of a million digits": (START.replace(">1001<", f">{'9' * 1_000_000}<").encode(), "N-205"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_each_is_refused_in_plain_words(kind: str) -> None:
    content, code = FILES[kind]
    before = time.process_time()
    with pytest.raises(MessageError) as caught:
        read(content, name="bericht.xml")
    assert time.process_time() - before < 5, "seconds; a bomb would take hours"
    assert caught.value.code == code
    assert caught.value.what.endswith(".")
    assert caught.value.where.startswith("bericht.xml")
    assert caught.value.now.endswith(".")
    for secret in ("999944447", "Voorbeeld", "Bébé", "1948"):
        assert secret not in str(caught.value)


def test_a_bomb_takes_no_memory() -> None:
    tracemalloc.start()
    with pytest.raises(MessageError):
        read(BOMB.encode(), name="bericht.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_another_release_is_named() -> None:
    with pytest.raises(MessageError, match=r"iwmo 3\.1"):
        message(OLDER)


def test_a_message_of_the_largest_size_is_read() -> None:
    lines = START.partition("      <m:StartProduct>")
    line = START[START.index("      <m:StartProduct>") : START.index("      <m:StartProduct>", len(lines[0]) + 20)]
    count = 24 * 1024**2 // len(line)
    content = START.replace(line, line * count, 1).encode()
    found = read(content, name="groot.xml")
    assert len(found.client.started) == count + 1
    assert found.client.started[-1].line > 65_536, "lines are counted on past the old bound of the parser"


def test_any_bytes_at_all_are_refused_or_read() -> None:
    """Bytes turned, dropped, doubled and cut at every place of a message: never anything but a refusal."""
    content = START.encode()
    refused: list[str] = []
    for place in range(len(content)):
        turned = bytes([content[place] ^ (1 << place % 8)])
        for damaged in (
            content[:place] + turned + content[place + 1 :],
            content[:place] + content[place + 1 :],
            content[:place] + content[place : place + 9] + content[place:],
            content[:place],
        ):
            try:
                for name, inside in unwrap(damaged, "bericht.xml"):
                    read(inside, name=name)
            except MessageError as error:
                refused.append(str(error))
    assert len(content) < len(refused) < 4 * len(content)
    assert not [told for told in refused if "999944447" in told]
