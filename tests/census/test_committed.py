"""Nothing that is committed names a registry, a machine or a secret; lock files hold hashes and no address."""

import re

import pytest
from house import ROOT, committed

LOCKS = sorted(ROOT.glob("requirements*.lock"))
HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".com",
    "npmjs" + ".org",
    "crates" + ".io",
    "index-" + "url",
)
MACHINE = re.compile(r"(?<![\w.])/(?:root|farm|work|home/\w+)/" + r"(?=\w)")
SECRET = re.compile(
    "-----BEGIN [A-Z ]*PRIVATE" + " KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[baprs]-[A-Za-z0-9-]{10,}"
    r"|(?i:(?:password|secret|api_key|token)\s*[=:]\s*['\"][^'\"\s]{12,}['\"])"
)


def texts():
    """Every committed file that is text."""
    for path in committed():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("wrong", [MACHINE, SECRET, re.compile("|".join(map(re.escape, HOSTS)))])
def test_no_file_names_a_registry_a_machine_or_a_secret(wrong):
    allowed = {"run.py", "tests/census/test_committed.py"}  # run.py tells the lock maker to leave addresses out
    assert not [name for name, text in texts() if name not in allowed and wrong.search(text)]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_lock_files_have_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.\[\]-]+==\S+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(pinned) > 5
    assert not [item.split("==")[0] for item in pinned if "--hash=sha256:" not in item]
    assert "://" not in text
    assert "\n--" not in text


def test_no_committed_file_is_large():
    assert not [path.name for path in committed() if path.stat().st_size > 500_000 and path.suffix != ".lock"]


def test_no_test_uses_a_citizen_number_outside_the_reserved_range():
    number = re.compile(r"(?<![\d.,])[1-9]\d{8}(?![\d.,])")

    def passes(digits):
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0

    found = {
        (name, digits)
        for name, text in texts()
        if name.endswith((".py", ".toml", ".md", ".csv", ".xml"))
        for digits in number.findall(text)
        if passes(digits) and not 999_900_006 <= int(digits) <= 999_999_990
    }
    assert not found
