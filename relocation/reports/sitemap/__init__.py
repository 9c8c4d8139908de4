"""One site drawn: points and outlines in, SVG in millimetres of paper out. Pure; nothing here reads a file or measures for a verdict."""
