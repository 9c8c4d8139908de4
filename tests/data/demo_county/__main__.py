"""Write the demonstration county into data/demo, or into the folder named on the command line."""

import sys
from pathlib import Path

from tests.data.demo_county.making import make

ROOT = Path(__file__).resolve().parents[3]

if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "demo", ROOT / "data" / "reference")
