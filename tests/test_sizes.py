"""The size tables, and every garment graded over them."""

import io
import re
from itertools import pairwise

import numpy as np
import pytest
from pypdf import PdfReader

from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.errors import DesignError
from studio.export.nest import nested_pdf, nested_svg
from studio.fields import BODY_MEASUREMENTS, bounds_of
from studio.pattern import FindingKind
from studio.sizes import BASE_SIZES, TABLES, Table, body_of, graded, graded_design, nearest_size, size_names, sized
from studio.sizing import completed
from studio.vocabulary import GarmentType, Sleeve


@pytest.mark.parametrize("table", Table)
def test_every_measurement_grows_from_size_to_size_within_its_bounds(table):
    for name in BODY_MEASUREMENTS:
        low, high = bounds_of(name)
        values = [body_of(table, size)[name] for size in size_names(table)]
        assert all(low <= value <= high for value in values)
        assert all(smaller < larger for smaller, larger in pairwise(values)), name


def test_the_tables_hold_the_sizes_of_the_trade():
    assert size_names(Table.WOMEN) == size_names(Table.MEN) == ("XS", "S", "M", "L", "XL", "2XL", "3XL")
    assert size_names(Table.CHILDREN) == tuple(str(height) for height in range(98, 165, 6))
    woman, man = body_of(Table.WOMEN, "M"), body_of(Table.MEN, "M")
    assert (woman["bust"], woman["waist"], woman["hip"]) == (94, 78, 102)
    assert (man["bust"], man["waist"]) == (98, 86)


@pytest.mark.parametrize(("table", "size"), [(table, size) for table in Table for size in TABLES[table]])
def test_sizes_agree_with_the_usual_proportions(table, size):
    body = body_of(table, size)
    usual = completed(starting_design("shirt").changed({name: body[name] for name in ("height", "bust", "waist", "hip")}))
    near = 0.28 if table == Table.CHILDREN else 0.14  # small children have thicker necks and wrists than scaled adults
    for name in set(BODY_MEASUREMENTS) - {"crotch_length"}:
        assert body[name] == pytest.approx(getattr(usual, name), rel=near), name
    assert 2 * body["rise"] < body["crotch_length"] < body["hip"] + 0.1 * body["height"]


def test_the_nearest_size_of_a_sized_design_is_that_size():
    for table in Table:
        for size in size_names(table):
            assert nearest_size(sized(starting_design("dress"), table, size)) == (table, size)
    assert nearest_size(starting_design("dress")) is None
    assert nearest_size(starting_design("dress").changed({"bust": 195.0})) is None


def test_own_lengths_grade_in_proportion_and_the_base_stays():
    design = sized(starting_design("dress"), Table.WOMEN, "M").changed({"skirt_length": 60.0, "sleeve_length": 20.0})
    assert graded_design(design, Table.WOMEN, "M", "M") == design
    larger = graded_design(design, Table.WOMEN, "M", "3XL")
    assert larger.measurements.skirt_length == pytest.approx(60 * 172 / 168)
    assert larger.style.sleeve == Sleeve.SHORT
    tall = design.changed({"skirt_length": 140.0})
    assert graded_design(tall, Table.WOMEN, "M", "3XL").measurements.skirt_length == 140.0


def test_unknown_sizes_are_refused_in_plain_words():
    with pytest.raises(DesignError, match="there is no size '5XL' for women"):
        body_of(Table.WOMEN, "5XL")
    with pytest.raises(DesignError, match="choose one of 98, 104"):
        graded(starting_design("skirt"), draft_pattern, table=Table.CHILDREN, sizes=("M",))
    with pytest.raises(DesignError, match="no size to draw"):
        nested_svg(())


@pytest.mark.parametrize("table", Table)
@pytest.mark.parametrize("kind", GarmentType)
def test_every_garment_is_drafted_in_every_size_without_a_fault(table, kind):
    sizes = graded(starting_design(kind), draft_pattern, table=table)
    assert [size.name for size in sizes] == list(size_names(table))
    assert [size.name for size in sizes if size.is_base] == [BASE_SIZES[table]]
    for size in sizes:
        faults = [finding.message for finding in size.pattern.findings if finding.kind == FindingKind.FAULT]
        assert not faults, (size.name, faults)


def test_the_nested_drawing_shows_every_size_at_true_scale():
    sizes = graded(starting_design("skirt"), draft_pattern, table=Table.WOMEN)
    svg = nested_svg(sizes).decode()
    polygons = re.findall(r'<polygon points="([^"]*)"[^>]*stroke="([^"]*)"', svg)
    colours = {colour for _, colour in polygons} - {"#1d2733"}
    assert len(colours) == len(sizes)
    assert svg.count(">3XL<") == 1 + len({paper for paper in sizes[0].pattern})
    square = np.array([pair.split(",") for pair in polygons[-1][0].split()], dtype=float)
    assert np.ptp(square, axis=0) == pytest.approx((50, 50))
    page = PdfReader(io.BytesIO(nested_pdf(sizes))).pages[0].mediabox
    width, height = (float(value) for value in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    assert (float(page.width) / 72 * 25.4, float(page.height) / 72 * 25.4) == pytest.approx((width, height), abs=0.01)
    assert nested_svg(sizes).decode() == svg
