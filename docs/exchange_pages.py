"""Makes the reference of the exchange from the code: the API as a page and as OpenAPI, and the legal bases."""

import json

import web_pages  # noqa: F401  # sets Django up

from noaber.web.exchange.bases import bases
from noaber.web.exchange.document import document
from noaber.web.exchange.fields import FIELDS
from noaber.web.exchange.purposes import MOMENTS, PURPOSES
from noaber.web.exchange.workflow import WORKFLOW

API = """\
What two organisations say to each other, by the API Design Rules of the Dutch government (NLGov 2.2.0). The same
as OpenAPI 3.1 stands in [exchange-api.json](exchange-api.json), and at `/api/v1/openapi.json` of every
installation. How to connect is told in [connect the two
organisations](../how-to/connect-the-two-organisations.md), and what may be shared in [what may
leave](../explanation/what-may-leave.md).

## How a question and its answer are signed

With HTTP Message Signatures (RFC 9421), label `noaber`, algorithm `ed25519`.

| | what is covered |
| --- | --- |
| question | `@method` `@authority` `@path` `content-digest` `content-type` |
| answer | `@status` `content-digest` `content-type` `"signature";req;key="noaber"` (that of the question) |

The parameters are `created`, `nonce`, `keyid` and `alg`, in that order.

`content-digest` is that of RFC 9530 with SHA-256, also of an empty body. A signature is believed for five minutes
and once: a nonce that was seen before is refused. Every attempt is therefore signed anew; what makes it the same
message is `berichtId`, which stands in the header `Idempotency-Key` as well. Keys are a JSON Web Key Set (RFC
7517, 8037), each named by its thumbprint (RFC 7638).

## How the contents are sealed

`inhoud` is HPKE (RFC 9180) in base mode with X25519, HKDF-SHA-256 and AES-256-GCM, as base64 of the encapsulated
key and the ciphertext; `info` is `berichtId|afzender|ontvanger|afspraak|moment|doel`. Inside is JSON: `gegevens`
(field and value), `grondslagen` (field and why it may be shared) and `opsteller`. A citizen number stands nowhere
else.
"""
LAW = """\
What the decision knows: the fields, the purposes and the legal bases, as they stand in `src/noaber/web/exchange`.
Who may share what is decided from these, the agreements and the consents; see [what may
leave](../explanation/what-may-leave.md). What is in no row may not be shared.
"""


def pages(table):
    """The pages and the description of the API, by their place below docs."""
    told = document()
    return {
        "reference/exchange-api.json": json.dumps(told, ensure_ascii=False, indent=2),
        "reference/exchange-api.md": api(told, table),
        "reference/exchange-law.md": law(table),
    }


def api(told, table):
    """The API as a page."""
    parts = [f"# The API of the exchange\n\nVersion {told['info']['version']}. {API}", "## Operations\n"]
    for path, item in told["paths"].items():
        for method, operation in item.items():
            parts.append(f"### {operation['summary']}\n\n`{method.upper()} /api/v1{path}`\n")
            if "description" in operation:
                parts.append(f"{operation['description']}\n")
            answers = [(status, answer["description"]) for status, answer in operation["responses"].items()]
            parts.append(table(("status", "answer"), answers))
    parts.append("## Shapes\n")
    for name, shape in told["components"]["schemas"].items():
        parts.append(f"### {name}\n\n{shape.get('description', '')}\n")
        rows = [
            (
                f"`{key}`",
                part.get("description", ""),
                told_kind(part),
                "yes" if key in shape.get("required", ()) else "",
            )
            for key, part in shape["properties"].items()
        ]
        parts.append(table(("field", "meaning", "kind", "required"), rows))
    return "\n".join(parts)


def told_kind(part):
    """What a field may hold, in a few words."""
    if "enum" in part:
        return " or ".join(f"`{item}`" for item in part["enum"])
    if "$ref" in part.get("items", {}):
        return f"list of {part['items']['$ref'].rpartition('/')[2]}"
    bounds = [f"at most {part['maxLength']} characters"] if "maxLength" in part else []
    bounds += [f"`{part['pattern']}`"] if "pattern" in part else []
    return ", ".join([part.get("format", part.get("type", "")), *bounds])


def law(table):
    """What may be shared by which law, as a page."""
    known = bases()
    fields = [(f"`{key}`", item.words.nl, item.words.en, item.origin, item.sort) for key, item in FIELDS.items()]
    purposes = [(f"`{key}`", item.words.nl, item.words.en, item.law) for key, item in PURPOSES.items()]
    moments = [(f"`{key}`", item.words.nl, item.words.en) for key, item in MOMENTS.items()]
    rows = [
        (item.obtained, item.used, item.from_, "yes" if item.needs_consent else "no", item.article, item.sure)
        for item in known.bases
    ]
    numbers = [(item.used, item.from_, item.article, item.sure) for item in known.numbers]
    steps = [
        (state, step.name.nl, "; ".join(f"{to} ({who})" for to, who in step.following.items()) or "–")
        for state, step in WORKFLOW.items()
    ]
    return "\n".join(
        (
            f"# What may be shared by which law\n\n{LAW}",
            "## Legal bases\n",
            table(("obtained under", "used under", "from", "consent needed", "article", "how sure"), rows),
            "## The citizen number\n",
            table(("used under", "from", "article", "how sure"), numbers),
            "## Laws that are not in force\n",
            table(("law", "name"), [(item.used, item.name) for item in known.bills]),
            "## Purposes\n",
            table(("name", "Dutch", "English", "used under"), purposes),
            "## Moments\n",
            table(("name", "Dutch", "English"), moments),
            "## Fields\n",
            table(("name", "Dutch", "English", "obtained under", "class"), fields),
            "## The way of a message\n",
            table(("state", "Dutch", "can become (who says so)"), steps),
        )
    )
