"""Commands run in this process, in a home of their own."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from relocation import cli

HOUSEHOLDS = "户编号,户主姓名,乡镇,是否建档立卡,核定搬迁人口,核定日期,安置方式,安置住房面积"


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, output, complaints."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "home"
    made.mkdir()
    with mock.patch.dict(os.environ, {"RELOCATION_HOME": str(made), "RELOCATION_NOW": "2026-11-24T08:00:00", "RELOCATION_LANG": "zh"}):
        yield made


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner of commands; `home` is their home."""

    def command(*arguments: object) -> Answer:
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return command


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "搬迁户.csv"
    path.write_text(f"{HOUSEHOLDS}\nH1,演甲,十里镇,是,3,2017-03-05,集中安置,75\nH2,演乙,十里镇,是,3,2017-03-05,分散安置,80\n", "utf-8")
    return path
