"""One year of costs from a back office, through the door and by hand in pandas.

Both read the same export and do what may not be left out: types, decimal commas, the eleven-test, the product's care
form, days in order, duplicates, pseudonyms. The door also keeps the line of every row and the reason of every refusal.
The two keep the same rows for the same amount, or the bench fails. Prints a Markdown table; needs the extra `bench`.

    python bench/back_office.py --scale 1.0
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import polars as pl

from noaber import demo, municipality
from noaber.municipality import Municipality, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import LAW_NAMES
from noaber.sources import backoffice

UNTIL, EXPORT = date(2024, 6, 30), "kosten_2022-12-31.csv"
KEY = bytes(range(32))
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def by_noaber(path: Path, town: Municipality, supplier: Supplier) -> tuple[int, int]:
    batch = backoffice.read(
        path, town=town, supplier=supplier, pseudonyms=Pseudonymiser((KEY,)), received=UNTIL, known={}
    )
    claims = batch.rows["claim"]
    return batch.receipt.rows_kept, int(claims["amount_cents"].sum())


def by_pandas(path: Path, town: Municipality, _supplier: Supplier) -> tuple[int, int]:
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    for name in ("Periode van", "Periode tot en met"):
        frame[name] = pd.to_datetime(frame[name], format="%d-%m-%Y", errors="coerce")
    frame["cents"] = (pd.to_numeric(frame["Bedrag"].str.replace(",", "."), errors="coerce") * 100).round()
    digits = [pd.to_numeric(frame["BSN"].str[place], errors="coerce") for place in range(9)]
    sums = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    fine = (frame["BSN"] == "") | (sums % 11 == 0)
    products = pd.DataFrame(
        {
            "Wet": LAW_NAMES[item.law].nl,
            "Productcategorie": item.category,
            "Productcode": item.code,
            "care_form": item.care_form,
        }
        for item in town.products
    )
    frame = frame.merge(products, on=["Wet", "Productcategorie", "Productcode"], how="left")
    fine &= frame["care_form"].notna() & (frame["Periode tot en met"] >= frame["Periode van"]) & frame["cents"].notna()
    kept = frame[fine].drop_duplicates(["Wet", "Aanbiedercode", "Kostenregel"])
    ring = Pseudonymiser((KEY,))
    people = [
        ring.person(number) if number else ring.client("backoffice", client)
        for number, client in zip(kept["BSN"], kept["Clientnummer"], strict=True)
    ]
    assert len(people) == len(kept)
    return len(kept), int(kept["cents"].sum())


def best(function: Callable[[], tuple[int, int]], times: int = 3) -> tuple[float, float, tuple[int, int]]:
    """Return the least wall and CPU seconds of a few runs, and what was found."""
    walls, cpus, found = [], [], (0, 0)
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        found = function()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return min(walls), min(cpus), found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the made-up town; 1.0 is 83,058 residents")
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory() as folder:
        made = demo.make(Path(folder) / "town", seed=1, until=UNTIL, scale=scale)
        town = municipality.read(made.folder / "municipality.toml")
        supplier = next(item for item in town.suppliers if "kosten" in item.files)
        path = made.folder / "deliveries" / "backoffice" / EXPORT
        runs = {
            name: best(lambda function=function: function(path, town, supplier))
            for name, function in (("Noaber, the door", by_noaber), ("pandas, by hand", by_pandas))
        }
    found = {run[2] for run in runs.values()}
    assert len(found) == 1, f"they keep different rows: {found}"
    ours = runs["Noaber, the door"]
    rows = ours[2][0]
    print(f"Rows: {rows:,}. Python {platform.python_version()}, Polars {pl.__version__}, pandas {pd.__version__}\n")
    print("| reader | wall s | CPU s | rows a second | time ÷ ours |\n| --- | --: | --: | --: | --: |")
    for name, (wall, cpu, _) in runs.items():
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {rows / wall:,.0f} | {wall / ours[0]:.1f} |")


if __name__ == "__main__":
    main()
