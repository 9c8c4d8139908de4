"""Drawings: read into plain columns, understood as dwellings, aligned and compared. Knows no household and no law."""
