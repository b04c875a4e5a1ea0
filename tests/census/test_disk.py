"""Disk is touched in few places, and each has a reason."""

import ast

from house import modules, places, within

MAY = {
    "cli.py": "reads what the command line names",
    "connections/cbs/client.py": "saves what was fetched, for the door to read",
    "connections/figures/client.py": "reads public figures from a folder, as from an address",
    "demo": "writes the made-up town; reads its own proportions",
    "disclosure": "the only writer of published files",
    "figures/theme.py": "reads the style sheets and templates that come with the package",
    "examples": "copies an example for whoever starts from it",
    "jobs.py": "the recipes",
    "messages/schemas.py": "reads the folder of official schemas, when a municipality has one",
    "municipality.py": "reads municipality.toml",
    "plans/read.py": "reads the documents of a plan",
    "pseudonym.py": "the key file",
    "rules/read.py": "reads the rules that come with the package",
    "snapshot": "deliveries and snapshots",
    "snapshot.py": "deliveries and snapshots",
    "sources": "the doors",
}
TOUCH = {"read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "touch", "rmtree", "copyfile"}
TOUCH |= {"read_csv", "scan_csv", "read_parquet", "scan_parquet", "read_excel", "read_json", "write_csv", "iterdir"}
TOUCH |= {"write_parquet", "write_json", "write_excel", "sink_parquet", "makedirs", "rglob", "fdopen", "symlink_to"}


def touches(name, node):
    """Whether a call reaches for a file."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id == "open"
    return isinstance(node.func, ast.Attribute) and (
        node.func.attr in TOUCH or (node.func.attr == "open" and not isinstance(node.func.value, ast.Call))
    )


def test_only_those_with_a_reason_touch_the_disk():
    assert not places(lambda name, node: not within(name, MAY) and touches(name, node))


def test_every_reason_is_still_needed():
    touching = {name for name, tree in modules() for node in ast.walk(tree) if touches(name, node)}
    exists = {name for name in MAY if any(within(module, [name]) for module, _ in modules())}
    idle = {name for name in exists if not any(within(module, [name]) for module in touching)}
    assert idle <= {"cli.py", "jobs.py"}, "take away the row"
