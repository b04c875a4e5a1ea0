"""Seven years of plans of one municipality: every total reproduced, every disagreement reported, nothing repaired."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengelo import transcribed
from noaber import examples, municipality, plans
from noaber.plans.documents import File

DISAGREEMENTS = {
    "scenarios-2022.toml": [
        ("total", ("scenario-1",), 2023),
        ("misprint", ("scenario-1",), 2025),
        ("total", ("scenario-2",), 2025),
        ("total", ("scenario-2",), 2026),
        ("total", ("scenario-3",), 2025),
        ("total", ("scenario-3",), 2026),
    ],
    "programme-2018.toml": [
        ("conclusion", ("pakket-1",), 2019),
        ("percentage", (), None),
        ("percentage", (), None),
    ],
    "shortfall-2018.toml": [
        ("balance", ("wmo-raming",), 2019),
        ("balance", ("wmo-raming",), 2022),
    ],
    "transformation-2024.toml": [("total", ("invulling-2024",), None)],
    "proposals-2020.toml": [("twice", ("voorstel-6", "voorstel-11", "4.2.5", "5.1.1", "J08"), None)],
    "budgets-2018.toml": [
        ("inferred", ("jeugd-natura-2018",), None),
        ("inferred", ("wmo-natura-2018",), None),
    ],
}
"""All that does not add up in the documents, and nothing else."""


@pytest.fixture(scope="module")
def plan() -> plans.Plan:
    with resources.as_file(resources.files(examples) / "hengelo" / "plans") as folder:
        return plans.read(Path(folder))


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[str, File]]:
    """Every file of the plan as text and as what it was read to be."""
    folder = resources.files(examples) / "hengelo" / "plans"
    texts = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir()}
    return {name: (texts[name], plans.parse(texts[name], name)) for name in sorted(texts)}


@pytest.fixture(scope="module")
def found(plan: plans.Plan) -> list[plans.Finding]:
    return plans.check(plan)


def test_exactly_this_does_not_add_up(found: list[plans.Finding]) -> None:
    by_file: dict[str, list[object]] = {}
    for item in found:
        by_file.setdefault(item.file, []).append((item.kind, item.subjects, item.year))
    assert by_file == DISAGREEMENTS


def test_the_differences_are_those_that_anyone_can_check(found: list[plans.Finding]) -> None:
    text = "\n".join(plans.write(found))
    for words in (
        "2023: de delen zijn samen € 1.505.000 (€ 1.555.000 en € -50.000), het document zegt € 1.506.000",
        "2025: de delen zijn samen € 5.741.400, het document zegt € 5.741.000",
        "2026: de delen zijn samen € 8.104.800, het document zegt € 8.104.000; € 800 verschil, wat past bij afkappen",
        "2025: de delen zijn samen € 4.393.000 (€ 4.498.000 en € -105.000), het document zegt € 4.394.000",
        "2026: de delen zijn samen € 6.405.000, het document zegt € 6.406.000",
        "Wmo, 2025: er staat '2.025.00', gelezen als € 2.025.000; zo klopt het totaal",
        "2019: de slottabel zegt € 1.050.000, de eigen tabel € 1.000.000",
        "2019: de delen zijn samen € -3.712.000 (€ 27.368.000 en € -31.080.000), het document zegt € -3.713.000",
        "2022: de delen zijn samen € -3.529.000 (€ 27.017.000 en € -30.546.000), het document zegt € -3.528.000",
        "'50% stijging van het aantal zorgtrajecten', maar 2106 → 4228 is 100,8%; elders heet het 'prakt",
        "'60% stijging van het aantal cliënten', maar 1250 → 2056 is 64,5%",
        "de delen zijn samen € 1.605.000 (€ 1.695.000 en € -90.000), het document zegt € 1.600.000",
        "voorstel-6, voorstel-11 leunen op € 800.000 die al is ingeboekt",
    ):
        assert words in text, words


def test_every_finding_stands_on_the_line_that_says_so(found: list[plans.Finding]) -> None:
    folder = resources.files(examples) / "hengelo" / "plans"
    for item in found:
        line = (folder / item.file).read_text(encoding="utf-8").splitlines()[item.line - 1]
        if item.kind in {"total", "conclusion", "balance"}:
            assert any(key in line for key in ("amounts", "balance", "structural")), (item, line)
        if item.kind == "misprint":
            assert "2.025.00" in line


LONE = (
    "wijkracht",
    "zorgverzekering",
    "onderwijsachterstandenbeleid",
    "structural = -130",
    "het eigen risico er",
    "eenmalig",
    "available",
    "left = ",
    "fte",
    "target",
    "berap-2",
)
"""Words on the lines whose figures stand alone in the documents: nothing else says what they should be."""


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_slip_in_any_figure_that_is_told_twice_is_noticed(
    files: dict[str, tuple[str, File]], found: list[plans.Finding], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(name for name, (text, _) in files.items() if FIGURE.search(text))))
    text, _ = files[name]
    figures = [figure for figure in FIGURE.finditer(text) if not any(word in line_at(text, figure) for word in LONE)]
    figure = data.draw(st.sampled_from(figures))
    wrong = f"{float(figure[1]) + 0.2:.2f}" if "." in figure[1] else str(int(figure[1]) + 217)
    slipped = plans.parse(text[: figure.start(1)] + wrong + text[figure.end(1) :], name)
    whole = plans.together([slipped if other == name else file for other, (_, file) in files.items()])
    assert plans.write(plans.check(whole)) != plans.write(found)


FIGURE = re.compile(r"(?:20\d\d|structural|costs|net|spent_in_all) = (-?\d[\d.]*)")


def line_at(text: str, figure: re.Match[str]) -> str:
    """The line on which a figure stands, in small letters."""
    return text[text.rfind("\n", 0, figure.start()) + 1 :].partition("\n")[0].lower()


def test_care_forms_are_those_of_the_municipality(plan: plans.Plan, tmp_path: Path) -> None:
    town = municipality.read(examples.copy("hengelo", tmp_path / "hengelo"))
    known = {form.code for form in town.care_forms}
    assert not [item for item in plans.check(plan, care_forms=known) if item.kind == "care_form"]
    natura = [line.care_form for budget in plan.budgets[:2] for line in budget.lines]
    assert set(natura) == known


def test_every_amount_has_a_source(plan: plans.Plan) -> None:
    assert all(part.source for part in plan.parts())


# ---- Against the tables from which the figures were transcribed, where those are at hand


def cents(text: str, unit: int) -> int | None:
    """An amount of a transcribed table in cents; None where the document is silent."""
    return None if text == "" else round(float(text) * unit)


def amounts(row: dict[str, str], prefix: str, unit: int) -> dict[int, int]:
    """The amounts of a transcribed row by year."""
    found = {int(key[-4:]): cents(text, unit) for key, text in row.items() if key.startswith(prefix)}
    return {year: value for year, value in found.items() if value is not None}


def test_the_measures_of_2017(plan: plans.Plan) -> None:
    rows = transcribed("measures-2017.csv")
    known = {item.code: item for item in plan.measures}
    assert len(rows) == 32
    for row in rows:
        assert known[row["code"]].amounts == amounts(row, "keur_", 100_000), row["code"]
        assert known[row["code"]].name == row["measure"]
    (programme,) = [item for item in plan.programmes if item.code == "begrotingswijziging-2017"]
    assert [value // 100_000 for value in programme.amounts.values()] == [125, 2979, 4990, 5148]


def test_the_packages_of_2018(plan: plans.Plan) -> None:
    measures = {item.code: item for item in plan.measures}
    packages = {item.code: item for item in plan.packages}
    programme = next(item for item in plan.programmes if item.code == "interventieprogramma-2018")
    for row in transcribed("packages-2018.csv"):
        stated = amounts(row, "eur_", 100)
        if row["code"] == "totaal":
            package = packages[f"pakket-{row['package']}"]
            assert (package.structural, package.amounts) == (cents(row["structural_eur"], 100), stated)
        elif row["code"] in {"tekort", "saldo"}:
            assert stated == (programme.shortfall if row["code"] == "tekort" else programme.balance)
        else:
            measure = measures[row["code"]]
            assert (measure.structural, measure.amounts) == (cents(row["structural_eur"], 100), stated), row["code"]
    net = {item.code: item.structural if item.net is None else item.net for item in measures["5.1.5"].options}
    assert net == {"1": 86_300_000, "2a": 40_000_000, "2b": 18_000_000, "3": 20_000_000}


def test_the_funding_gap_of_2018(plan: plans.Plan) -> None:
    budgets = {item.code: item for item in plan.budgets}
    codes = {"jeugdwet": "jeugd-raming", "wmo": "wmo-raming", "beide": "primitief"}
    for row in transcribed("funding-gap-2018.csv"):
        budget, stated = budgets[codes[row["law"]]], amounts(row, "keur_", 100_000)
        lines = {line.name: line.amounts for line in budget.lines}
        assert stated == (budget.balance if row["law"] == "beide" or "Saldo" in row["item"] else lines[row["item"]])


def test_the_budgets_of_2018(plan: plans.Plan) -> None:
    budgets = {item.code: {line.name: line for line in item.lines} for item in plan.budgets}
    for name, code in (("youth", "jeugd-natura-2018"), ("wmo", "wmo-natura-2018")):
        for row in transcribed(f"indications-{name}-2018.csv"):
            line = budgets[code][row["label"]]
            assert line.amounts == {2018: cents(row["budget_2018"], 100)}
            assert line.inferred == (row["row_name"] == "inferred")
    for row in transcribed("budget-lines-2018.csv"):
        code = {"jeugdwet": "jeugd-2018", "wmo": "wmo-2018"}[row["law"]]
        assert budgets[code][row["line"]].amounts == {2018: cents(row["amount_2018"], 100)}


def test_the_proposals_of_2020(plan: plans.Plan) -> None:
    known = {item.code: item for item in plan.proposals}
    (fund,) = [item for item in plan.funds if item.code == "innovatie"]
    rows = transcribed("proposals-2020.csv")
    assert len(known) == sum(row["proposal"].isdigit() for row in rows) == 9
    for row in rows:
        stated = amounts(row, "eur_", 100)
        if row["proposal"] == "totaal":
            assert fund.spent == stated
        elif row["proposal"] == "resteert":
            assert fund.left == stated | {2023: 37_375_000}
        else:
            proposal = known[f"voorstel-{row['proposal']}"]
            posts = {int(key[-4:]): float(text) for key, text in row.items() if key.startswith("fte_") and text}
            assert (proposal.amounts, proposal.fte) == (stated, posts)
            assert set(proposal.builds_on) == set(filter(None, row["builds_on"].split(";")))
            assert (proposal.expects is not None) == bool(row["expected_saving"])
            assert proposal.books_extra == (row["books_extra_saving"] == "yes")


def test_the_scenarios_of_2022(plan: plans.Plan) -> None:
    known = {item.code: item for item in plan.scenarios}
    for row in transcribed("scenarios-2022.csv"):
        scenario = known[f"scenario-{row['scenario']}"]
        rows = {str(item.law): item.amounts for item in scenario.rows}
        assert rows.get(row["law"], scenario.amounts) == amounts(row, "eur_", 100)
        assert scenario.name.endswith(row["name"])


def test_the_transformation_plan_of_2024(plan: plans.Plan) -> None:
    measures = {item.name: item.structural for item in plan.measures if item.package == "invulling-2024"}
    carried = {item.name: item.amounts for fund in plan.funds for item in fund.carry_overs}
    programme = next(item for item in plan.programmes if item.code == "transformatieplan")
    stated = {"Ingevuld in 2024 (zoals vermeld)": 160_000_000, "Aanvullend over te hevelen (zoals vermeld)": 17_300_000}
    package = next(item for item in plan.packages if item.code == "invulling-2024")
    total = next(item for item in plan.totals if item.code == "aanvullend-over")
    assert [package.structural, total.amounts[2024]] == list(stated.values())
    rows = transcribed("transformation-2024.csv")
    sums = [cents(row["eur"], 100) for row in rows if row["kind"] in {"realised", "investment"}]
    assert sorted(filter(None, measures.values())) == sorted(filter(None, sums))
    moved = [cents(row["eur"], 100) for row in rows if row["kind"].startswith("carr")]
    assert sorted(item[2024] for item in carried.values() if item) == sorted(filter(None, moved))
    assert [cents(row["eur"], 100) for row in rows if row["kind"] == "target"] == list(programme.target.values())
    assert {row["item"]: cents(row["eur"], 100) for row in rows if row["kind"] == "stated"} == stated
