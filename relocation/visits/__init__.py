"""Visits to households: who is drawn, in which order they are asked, and what the answers say of the whole county; pure, no SQL, no page."""
