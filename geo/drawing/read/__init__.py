"""From the bytes of a DWG, DXF or vector PDF to the plain columns of `geo.drawing.model`; meant for a process of its own."""
