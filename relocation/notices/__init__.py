"""What a public notice may hold: an allow-list of types in which no ID number, card, phone or illness fits. Pure: no database, no page, no file."""
