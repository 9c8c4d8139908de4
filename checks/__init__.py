"""Records, dated law, rules, verdicts and findings: no files, no database, no page."""
