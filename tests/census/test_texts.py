"""Every text that readers meet is there in Dutch and in English."""

import ast

from house import calls, modules


def literal(node):
    """A text as it stands in the code; None when it is put together."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_text_has_two_languages():
    half = []
    for name, tree in modules():
        for called, node in calls(tree):
            if called != "Text" or len(node.args) != 2:
                continue
            dutch, english = map(literal, node.args)
            if "" in {dutch, english} and dutch != english:
                half.append(f"{name}:{node.lineno}")
            if any(text is not None and ("  " in text or text != text.strip()) for text in (dutch, english)):
                half.append(f"{name}:{node.lineno} has odd spaces")
    assert not half
