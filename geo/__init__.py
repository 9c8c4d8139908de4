"""Shapes in metres: coordinate systems, layers, nearest neighbours, overlap, repair. Knows no household and no law."""
