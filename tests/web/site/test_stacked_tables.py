"""A wide table on a telephone: each cell says which column it stands in."""

from django.template import Context, Template

from noaber.web.site.stacking import stacked

TABLE = (
    '<table class="plain"><caption>Wijken</caption>'
    '<thead><tr><th scope="col">Wijk</th><th scope="col" class="num">Inwoners &amp; meer</th>'
    '<th scope="col"><span class="visually-hidden">Doen</span></th></tr></thead>'
    '<tbody><tr><th scope="row">Noord</th><td class="num">12</td><td>Kies</td></tr></tbody></table>'
)


def test_each_cell_carries_the_heading_of_its_column() -> None:
    made = stacked(f"<p>Voor</p>{TABLE}<p>Na</p>")
    assert '<table class="stack plain">' in made
    assert '<td class="num" data-label="Inwoners &amp; meer">12</td>' in made
    assert made.startswith("<p>Voor</p>")
    assert made.endswith("<p>Na</p>")


def test_the_heading_of_a_row_and_a_column_without_visible_heading_get_no_label() -> None:
    made = stacked(TABLE)
    assert '<th scope="row">Noord</th>' in made
    assert "<td>Kies</td>" in made


def test_cells_over_two_columns_shift_the_labels_behind_them() -> None:
    head = "<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>"
    made = stacked(head + '<tbody><tr><td colspan="2">1</td><td>2</td></tr></tbody></table>')
    assert '<table class="stack"><thead>' in made
    assert '<td colspan="2" data-label="A">1</td><td data-label="C">2</td>' in made


def test_what_is_no_table_with_headings_stays_as_it_is() -> None:
    for html in ("<p>Niets</p>", "<table><tbody><tr><td>1</td></tr></tbody></table>"):
        assert stacked(html) == html


def test_the_tag_stacks_what_stands_within_it() -> None:
    head = "<thead><tr><th>{{ a }}</th></tr></thead>"
    page = Template(f"{{% stacked %}}<table>{head}<tbody><tr><td>1</td></tr></tbody></table>{{% endstacked %}}")
    assert '<td data-label="Wie &quot;ook&quot;">1</td>' in page.render(Context({"a": 'Wie "ook"'}))
