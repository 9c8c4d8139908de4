"""Drawings made by seeded code, with the truth of each known by construction: what was drawn is what must be read."""
