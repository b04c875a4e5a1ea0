"""Every measured claim has a command, and every command a page."""

from house import DOCS, ROOT

PAGES = sorted(path for path in (DOCS / "reference" / "benchmarks").glob("*.md") if path.name != "index.md")


def test_every_benchmark_stands_on_a_page_and_every_page_names_its_command():
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    commands = [path.name for path in (ROOT / "bench").glob("*.py") if "__main__" in path.read_text(encoding="utf-8")]
    assert commands
    assert not [name for name in commands if f"bench/{name}" not in told]
    assert not [page.name for page in PAGES if "bench/" not in page.read_text(encoding="utf-8")]
