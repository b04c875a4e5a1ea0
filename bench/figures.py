"""A line chart of four lines over ten years, by our own drawing and by Vega-Lite through vl-convert; and a fact sheet.

Prints a Markdown table with times as ratios to ours. Ours is the whole figure: finding, drawing, table, words and
download; Vega-Lite's is the drawing only. Needs the extras `test` and `bench`.

    PYTHONPATH=tests python bench/figures.py
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import vl_convert

from noaber.figures import View, chart, factsheet
from protected import TOWN, whole_town

TIMES = 30


def main() -> None:
    results = whole_town()
    shown = results["residents_with_support"]
    spec = _vega(shown.cells.to_dicts())
    sheet = factsheet.compose(results, town=TOWN, year=2025)
    rows = [
        ("one figure", "Noaber", *_measured(lambda: chart.line(View(result=shown, along="law")).svg)),
        ("one figure", "Vega-Lite by vl-convert", *_measured(lambda: vl_convert.vegalite_to_svg(spec))),
        ("fact sheet, 27 figures", "HTML", *_measured(lambda: factsheet.html(sheet, "nl"), times=5)),
        ("fact sheet, 27 figures", "PDF", *_measured(lambda: factsheet.pdf(sheet, "nl"), times=5)),
    ]
    ours = rows[0][2]
    print("| what | by | first, s | median, s | ÷ our figure | kB |\n| --- | --- | --: | --: | --: | --: |")
    for what, by, median, first, size in rows:
        print(f"| {what} | {by} | {first:.3f} | {median:.4f} | {median / ours:.1f} | {size / 1000:.0f} |")
    print(f"\nInstalled size of vl-convert: {_installed('vl_convert') / 1e6:.0f} MB.")


def _measured(made: Callable[[], str | bytes], times: int = TIMES) -> tuple[float, float, int]:
    """Return the median and the first time in seconds, and the size in bytes."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        content = made()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken), taken[0], len(content)


def _vega(values: list[dict[str, object]]) -> dict[str, object]:
    channel = {"x": {"field": "period", "type": "ordinal"}, "y": {"field": "value", "type": "quantitative"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 336,
        "height": 150,
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "encoding": channel | {"color": {"field": "law", "type": "nominal"}},
    }


def _installed(package: str) -> int:
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    return sum(path.stat().st_size for path in Path(found.origin).parent.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
