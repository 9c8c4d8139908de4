"""What holds for every kind of file a comparison is written as."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from relocation.reports.comparison import FORMATS, rendered, write
from tests.reports.examples import example, refused
from tests.reports.hostile import hostile

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_sheet_gives_the_same_bytes(suffix: str, lang: str):
    assert rendered(example(), suffix, lang) == rendered(example(), suffix, lang)


def test_another_process_with_another_clock_and_hash_seed_gives_the_same_bytes():
    code = (
        "import hashlib, sys; from relocation.reports.comparison import FORMATS, rendered; from tests.reports.examples import example;"
        "sys.stdout.write(hashlib.sha256(b''.join(rendered(example(), one, 'zh') for one in FORMATS)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, check=True, timeout=120
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1


@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_texts_and_a_refused_pair_are_written_all_the_same(suffix: str):
    assert rendered(hostile(), suffix, "zh")
    assert rendered(refused(), suffix, "en")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path):
    write(example(), tmp_path / "out.SVG", "zh")
    assert (tmp_path / "out.SVG").read_bytes() == rendered(example(), ".svg", "zh")
    with pytest.raises(OSError):
        write(example(), tmp_path / "no" / "out.json", "zh")
    assert [path.name for path in tmp_path.iterdir()] == ["out.SVG"]
