"""应知应会: the figures of a place that inspectors ask for, counted from records, and the five questions made of them: pure, no database and no page."""
