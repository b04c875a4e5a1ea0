"""A village on which `noaber demo` was run as it would be typed; once per test run, and read-only for who uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from noaber import cli


@pytest.fixture(scope="session")
def _made_village(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    keys, folder = tmp_path_factory.mktemp("keys"), tmp_path_factory.mktemp("demo") / "village"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOABER_KEYS", str(keys))
        assert cli.main(["demo", "--folder", str(folder), "--scale", "0.02", "--until", "2026-06-30", "--quiet"]) == 0
    return keys, folder


@pytest.fixture
def village(_made_village: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the village; the environment says that it is the municipality at hand."""
    keys, folder = _made_village
    monkeypatch.setenv("NOABER_KEYS", str(keys))
    monkeypatch.setenv("NOABER_MUNICIPALITY", str(folder / "municipality.toml"))
    return folder
