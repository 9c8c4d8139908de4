"""What leaves the program as a document: the comparison of two drawings as page, picture, print, drawing, workbook and JSON."""
