"""Counting what is open costs a walk along an index and never a look at a finding."""

import pytest
from sqlalchemy import text

from relocation.store import actions
from relocation.store.opening import Store


@pytest.mark.parametrize("kind", [kind for kind in actions.KINDS if kind != "township"])  # of townships, which are few, the name is read
@pytest.mark.parametrize("asked", [{}, {"county": "411522"}, {"township": "甲镇"}])
def test_open_findings_are_counted_off_the_index_alone(store: Store, kind: str, asked: dict[str, str]) -> None:
    if store.engine.dialect.name != "sqlite":
        return  # another planner decides by the size of the tables; what is counted is tested with the service
    query = actions.grouped(kind, **asked).compile(store.engine, compile_kwargs={"literal_binds": True})
    with store.reading() as connection:
        plan = " ".join(str(row[3]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}")))
    assert "USING COVERING INDEX ix_finding_action" in plan
    assert asked or "TEMP B-TREE" not in plan  # the few of one place may be sorted


def test_the_first_of_a_group_are_found_in_order_without_sorting(store: Store) -> None:
    if store.engine.dialect.name != "sqlite":
        return
    wanted = """SELECT subject FROM finding WHERE subject_kind = 'household' AND severity = 0 AND "check" = 'living-area' AND reason = 'over'
        AND county = '411522' AND township = '甲镇' AND missing IS NULL ORDER BY subject LIMIT 10"""
    with store.reading() as connection:
        plan = " ".join(str(row[3]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {wanted}")))
    assert "ix_finding_action" in plan
    assert "TEMP B-TREE" not in plan
