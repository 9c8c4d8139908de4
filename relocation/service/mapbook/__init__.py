"""The map book: one page a site, for a county or a filtered set, as one PDF or one file each."""
