"""One drawing laid over another, and what they differ by: walls, openings, rooms, texts, dimensions; and the two files' past."""
