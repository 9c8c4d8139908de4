#!/usr/bin/env python3
"""核对导出的日志和证据文件 / Checks an exported log and files of evidence.

    python3 verifier.py LOG.jsonl [--files FOLDER] [--head "NUMBER HASH"] [--lang zh|en]

FOLDER is the office's data folder, whose evidence/ and drawings/ are then looked at, or one of the two; a file that the log says was kept there has to be there.

Needs Python 3.8 or later and nothing else, no network and no database. Exit code 0: whole; 1: something is not as it was written; 2: unreadable.

The log has a first line {"entries","format","head"} and then a line an entry {"body","hash","previous"}. JSON is written with sorted
keys, no blanks, UTF-8, one line feed a line. The hash of an entry is SHA-256 over: the hash before it (64 noughts for the first), a line
feed, the body. A head noted elsewhere (on a printed report) shows besides that the tail was not cut and the whole was not written anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

FORMAT = "relocation-log/1"
FIRST = "0" * 64
FOLDERS = ("evidence", "drawings")
Entry = Any  # (number, body as text, hash before, own hash, hashes of files it names, {folder: {name of a file kept there: hash of its bytes}})
Problem = Any  # (code of WORDS, what its sentence needs …)
WORDS = {
    "unreadable": ("读不了：%s", "cannot be read: %s"),
    "not-a-log": ("这不是导出的日志。", "This is no exported log."),
    "line-altered": ("第 %s 行的字节被改动。", "Line %s: its bytes were altered."),
    "entries-missing": ("第 %s 条到第 %s 条不见了。", "Entries %s to %s are missing."),
    "entry-out-of-order": ("第 %s 条的次序不对（在第 %s 条之后）。", "Entry %s is out of order (after %s)."),
    "entry-unlinked": ("第 %s 条接不上第 %s 条：其中一条被改写、插入或替换。", "Entry %s does not follow entry %s: one was rewritten, inserted or replaced."),
    "entry-altered": ("第 %s 条的内容被改动。", "Entry %s was altered."),
    "count": ("首行说有 %s 条，实有 %s 条。", "The first line says %s entries, there are %s."),
    "last": ("首行的链头与最后一条不符。", "The head in the first line is not the last entry's."),
    "head-beyond": (
        "记下的链头是第 %s 条，日志只到第 %s 条：末尾被截去，或换回了旧备份。",
        "The noted head is entry %s, the log ends at %s: its tail was cut, or it is older.",
    ),
    "head-rewritten": ("第 %s 条的哈希与记下的链头不符：日志被重写。", "Entry %s has not the hash that was noted: the log was written anew."),
    "head-unreadable": ("链头应写成“编号 哈希”。", "A head is written as “NUMBER HASH”."),
    "file-changed": ("文件 %s 的字节被改动。", "File %s: its bytes were changed."),
    "file-missing": ("文件 %s 不见了（日志第 %s 条说收下了它）。", "File %s is missing (entry %s says that it was kept)."),
    "file-unknown": ("文件 %s 不在日志里：字节被改动，或不是从这里来的。", "File %s is not in the log: its bytes were changed, or it is from elsewhere."),
    "whole": ("%s 条，前后相接，未见改动。链头：%s", "%s entries, linked, none altered. Head: %s"),
    "files": ("%s 个文件与日志一致。", "%s files are those of the log."),
    "without-head": (
        "没有用 --head 核对别处记下的链头：末尾被截去、整条链重写或换回旧备份，单凭日志看不出来。",
        "No head noted elsewhere was given (--head): a cut tail, a chain written anew or an older copy cannot be seen from the log alone.",
    ),
}


def canonical(value: Any) -> str:
    """Return a value as the one JSON text that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def linked(previous: str, body: str) -> str:
    """Return the hash of an entry."""
    return hashlib.sha256((previous + "\n" + body).encode("utf-8", "surrogatepass")).hexdigest()


def read_lines(data: bytes) -> list[tuple[int, Any]]:
    """Return (line's number, parsed line or None where its bytes are not those that are written for it)."""
    lines = data.split(b"\n")
    whole = lines.pop() == b"" if lines else False
    read = []
    for number, line in enumerate(lines, 1):
        try:
            parsed = json.loads(line.decode("utf-8"))
            same = canonical(parsed).encode("utf-8", "surrogatepass") == line
        except (ValueError, RecursionError):
            parsed, same = None, False
        read.append((number, parsed if same and isinstance(parsed, dict) else None))
    return read if whole else [*read, (len(lines) + 1, None)]


def entries_of(read: list[tuple[int, Any]]) -> tuple[list[Problem], list[Entry]]:
    """Return what is wrong with the lines, and the entries that could be read."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    for number, line in read:
        body: Any = line["body"] if line and set(line) == {"body", "hash", "previous"} else None
        seq = body.get("seq") if line and isinstance(body, dict) else None
        said = (line["previous"], line["hash"]) if isinstance(seq, int) else ()
        if said and all(isinstance(one, str) for one in said):
            entries.append((seq, canonical(body), said[0], said[1], named_in(body), kept_by(body)))
        else:
            problems.append(("line-altered", number))
    return problems, entries


def named_in(body: Any) -> set[str]:
    """Return the hashes of files that an entry names: of those that were given, and of what was read of a drawing."""
    new = body.get("new")
    read = {new["packed"]} if isinstance(new, dict) and isinstance(new.get("packed"), str) else set()
    return read | {one for one in body.get("files") or () if isinstance(one, str)}


def kept_by(body: Any) -> dict[str, dict[str, str]]:
    """Return the files that an entry says were kept: folder → name → hash. What was read of a drawing lies beside it, and the newest word of it counts."""
    action, new = str(body.get("action")), body.get("new")
    hashes = {one: one for one in body.get("files") or () if isinstance(one, str) and re.fullmatch("[0-9a-f]{64}", one)}
    if action.startswith("evidence."):
        return {"evidence": hashes}
    if action != "drawing.kept":
        return {}
    packed = new.get("packed") if isinstance(new, dict) else None
    return {"drawings": {**hashes, **({str(body.get("subject")) + ".packed": packed} if isinstance(packed, str) else {})}}


def walk(entries: list[Entry]) -> list[Problem]:
    """Return where the chain is broken."""
    problems: list[Problem] = []
    due, previous = 1, FIRST
    for seq, body, before, own, _, _ in entries:
        if seq > due:
            problems.append(("entries-missing", due, seq - 1))
        elif seq < due:
            problems.append(("entry-out-of-order", seq, due - 1))
        elif before != previous:
            problems.append(("entry-unlinked", seq, seq - 1))
        if linked(before, body) != own:
            problems.append(("entry-altered", seq))
        due, previous = seq + 1, own
    return problems


def check_first(first: Any, entries: list[Entry]) -> list[Problem]:
    """Return what the first line says that the entries do not bear out."""
    if first is None or set(first) != {"entries", "format", "head"}:
        return [("line-altered", 1)]
    if first["format"] != FORMAT:
        return [("not-a-log",)]
    problems = [] if first["entries"] == len(entries) else [("count", first["entries"], len(entries))]
    last = entries[-1][3] if entries else FIRST
    return problems + ([] if first["head"] == last else [("last",)])


def check_head(said: str, entries: list[Entry]) -> list[Problem]:
    """Return whether a head noted elsewhere is part of the chain."""
    found = re.search(r"(?<![0-9a-f])(\d{1,10})\s+([0-9a-fA-F]{16,64})", said)
    if not found:
        return [("head-unreadable",)]
    number, noted = int(found.group(1)), found.group(2).lower()
    here = [one[3] for one in entries if one[0] == number]
    if not here:
        return [("head-beyond", number, max((one[0] for one in entries), default=0))]
    return [] if any(one.startswith(noted) for one in here) else [("head-rewritten", number)]


def check_files(folder: Path, entries: list[Entry]) -> tuple[list[Problem], int]:
    """Hash the files of a folder; return what is wrong and how many are those of the log."""
    known, good = {sha for one in entries for sha in one[4]}, 0
    problems: list[Problem] = []
    places = folders_of(folder)
    for place, at in places.items():
        there = {one.name for one in at.rglob("*") if one.is_file()}
        wanted = {name: one[0] for one in entries for name in one[5].get(place, ())}
        problems += [("file-missing", f"{place}/{name}", seq) for name, seq in sorted(wanted.items()) if name not in there]
    paths = sorted(one for at in places.values() for one in at.rglob("*") if one.is_file())
    for path in paths:
        said = re.match(r"[0-9a-f]{64}(?=\.|$)", path.name)
        own = hash_of(path)
        if own in known and (said is None or said.group(0) == own or path.suffix == ".packed"):
            good += 1
        else:
            problems.append(("file-changed" if said and said.group(0) in known else "file-unknown", path.relative_to(folder)))
    return problems, good


def folders_of(folder: Path) -> dict[str, Path]:
    """Return which kept files lie where: in an office's data folder, in one of the two in it, or (under "") some that were handed over by themselves."""
    if folder.name in FOLDERS:
        return {folder.name: folder}
    inside = {name: folder / name for name in FOLDERS}
    return inside if any(one.is_dir() for one in inside.values()) else {"": folder}


def hash_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        part = file.read(1 << 20)
        while part:
            hashed.update(part)
            part = file.read(1 << 20)
    return hashed.hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """Check what is named and say what was found."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    asked.add_argument("log")
    asked.add_argument("--files", metavar="FOLDER")
    asked.add_argument("--head", metavar='"NUMBER HASH"')
    asked.add_argument("--lang", choices=("zh", "en"), default="zh")
    given = asked.parse_args(arguments)

    def say(code: str, *facts: Any) -> None:
        print(WORDS[code][given.lang == "en"] % facts)  # noqa: T201 - a program of its own, which speaks to its terminal

    try:
        read = read_lines(Path(given.log).read_bytes()) or [(1, None)]
        problems, entries = entries_of(read[1:])
        problems = check_first(read[0][1], entries) + problems + walk(entries)
        good = 0
        if given.files:
            wrong, good = check_files(Path(given.files), entries)
            problems += wrong
    except OSError as error:
        say("unreadable", error)
        return 2
    problems += check_head(given.head, entries) if given.head else []
    for problem in problems:
        say(*problem)
    if not problems:
        say("whole", len(entries), f"{entries[-1][0]} {entries[-1][3]}" if entries else "0")
    if given.files:
        say("files", good)
    if not given.head:
        say("without-head")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
