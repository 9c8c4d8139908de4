"""Charts drawn by hand: marks on a sheet, told apart without colour, with every text escaped; as SVG text, or mark by mark for a page."""
