"""What a drawing says of its own past: dates to UTC with their source, identifiers, the last saver.

A DWG from release 2000 on keeps UTC; R14 and a DXF's $TDCREATE and $TDUPDATE keep local time without naming the zone;
$TDUCREATE and $TDUUPDATE of a DXF are UTC. Dates are Julian days that begin at midnight (not at noon as the astronomers').
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from geo.drawing.model import Lineage

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a zone is added where the format knows it
_EPOCH_DAY = 2440588  # the Julian day that the format gives 1970-01-01
_DAY_MS = 86_400_000


def moment(days: float, milliseconds: float = 0.0, *, utc: bool) -> datetime | None:
    """Return the moment of a Julian day as DWG and DXF count it; None for the 0 of a missing date and for nonsense."""
    if not 2_415_021 <= days <= 2_500_000 or not 0 <= milliseconds <= _DAY_MS:  # 1900 to 2132
        return None
    at = _EPOCH + timedelta(days=int(days) - _EPOCH_DAY, milliseconds=round((days - int(days)) * _DAY_MS + milliseconds))
    at = at.replace(microsecond=0) + timedelta(seconds=round(at.microsecond / 1e6))
    return at.replace(tzinfo=UTC) if utc else at


def lineage_of(props: Mapping[str, Any], version: str, saved_by: str, application: str | None) -> Lineage:
    """Return the lineage from the header's variables (of the primary reader) and the last saver (of the second, for a DWG)."""
    return _of_dwg(props, version, saved_by, application) if any(name.startswith("dwg.") for name in props) else _of_dxf(props, application)


def _of_dwg(props: Mapping[str, Any], version: str, saved_by: str, application: str | None) -> Lineage:
    utc = version >= "AC1015"
    created, updated = (moment(*props.get(f"dwg.header.{name}", (0, 0))[:2], utc=utc) for name in ("TDCREATE", "TDUPDATE"))
    days, part = (props.get("dwg.header.TDINDWG") or (None, None))[:2]
    found = Lineage(
        created,
        updated,
        None if days is None else (days * _DAY_MS + part) / 3_600_000,
        saved_by,
        str(props.get("dwg.header.FINGERPRINTGUID") or ""),
        str(props.get("dwg.header.VERSIONGUID") or ""),
        _handle(props.get("dwg.header.HANDSEED")),
        application or "",
    )
    return _sourced(found, {"created_at": "TDCREATE", "updated_at": "TDUPDATE", "edit_hours": "TDINDWG", "saved_by": "SummaryInfo.LastSavedBy"}, application)


def _of_dxf(props: Mapping[str, Any], application: str | None) -> Lineage:
    dates, sources = dict[str, datetime | None](), dict[str, str]()
    for field, universal, local in (("created_at", "$TDUCREATE", "$TDCREATE"), ("updated_at", "$TDUUPDATE", "$TDUPDATE")):
        for name, utc in ((universal, True), (local, False)):
            dates[field] = moment(float(props.get(f"dxf.{name}") or 0), utc=utc)
            sources[field] = name
            if dates[field] is not None:
                break
    days = props.get("dxf.$TDINDWG")
    found = Lineage(
        dates["created_at"],
        dates["updated_at"],
        None if days is None else float(days) * 24,
        str(props.get("dxf.$LASTSAVEDBY") or ""),
        str(props.get("dxf.$FINGERPRINTGUID") or ""),
        str(props.get("dxf.$VERSIONGUID") or ""),
        _handle(props.get("dxf.$HANDSEED")),
        application or "",
    )
    return _sourced(found, {**sources, "edit_hours": "$TDINDWG", "saved_by": "$LASTSAVEDBY"}, application)


def _sourced(found: Lineage, sources: Mapping[str, str], application: str | None) -> Lineage:
    names = {**sources, "fingerprint": "FINGERPRINTGUID", "version_id": "VERSIONGUID", "next_handle": "HANDSEED"}
    names |= {"application": "header"} if application else {}
    kept = {field: name for field, name in names.items() if getattr(found, field) not in (None, "")}
    return Lineage(**{**{field: getattr(found, field) for field in found.__dataclass_fields__}, "sources": kept})


def _handle(value: Any) -> int | None:
    try:
        return int(value, 16) if isinstance(value, str) else int(value)
    except (TypeError, ValueError):
        return None
