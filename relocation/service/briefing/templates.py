"""A county's own Word template for the brief: looked at before anything opens it, and refused by name, place and mend."""

import re
import zipfile
from pathlib import Path

from relocation.intake.guard import MIB, Guard, Limits, sniff
from relocation.reports.brief_docx import BrokenTemplate
from relocation.reports.brief_template import brief_template
from relocation.service.writing import write_whole
from relocation.store.trouble import Trouble

LIMITS = Limits(file_bytes=4 * MIB, entries=300, unpacked_bytes=24 * MIB, ratio=200)
"""A letterhead with a seal or two; a template is read into memory whole."""

TEXT_BYTES = 2 * MIB
"""No part with tags is longer: patterns run over it."""

_FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_ELSEWHERE = re.compile(rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*/hyperlink[\"'])[^>]*>", re.IGNORECASE)


def template_bytes(path: Path | None) -> bytes:
    """Return a template's bytes, the program's own where none is given. Trouble or Unusable for a file that may not be opened."""
    if path is None:
        return brief_template()
    guard = Guard(path, path.name, LIMITS)
    guard.size()
    if path.suffix.lower() != ".docx" or sniff(path) != "zip":
        raise Trouble("template-not-word", file=path.name)
    entries = {entry.filename: entry for entry in guard.archive()}
    if "word/document.xml" not in entries or "[Content_Types].xml" not in entries:
        raise Trouble("template-not-word", file=path.name)
    budget = [LIMITS.unpacked_bytes]
    with zipfile.ZipFile(path) as archive:
        for name, entry in entries.items():
            _look(path.name, name, b"".join(guard.unpacked(archive, entry, budget)))
    return path.read_bytes()


def _look(file: str, part: str, content: bytes) -> None:
    if part.lower().endswith(("vbaproject.bin", ".docm")):
        raise Trouble("template-active", file=file, part=part)
    if not part.lower().endswith((".xml", ".rels")):
        return
    if _FORBIDDEN.search(content) or _ELSEWHERE.search(content) or b"\x00" in content:
        raise Trouble("template-active", file=file, part=part)
    if len(content) > TEXT_BYTES:
        raise Trouble("template-long", file=file, part=part, mib=TEXT_BYTES // MIB)


def refused(file: str, broken: BrokenTemplate) -> Trouble:
    """Return what to say of a template whose tag cannot be used."""
    return Trouble(f"template-{broken.tag.why}", file=file, part=broken.part, place=broken.tag.place, tag=broken.tag.tag, said=broken.tag.said)


def write_template(out: Path) -> None:
    """Write the program's own template, for a county to change. Trouble when it cannot be written."""
    if out.suffix.lower() != ".docx":
        raise Trouble("brief-suffix", name=out.name, forms=".docx")
    write_whole(out, [brief_template()])
