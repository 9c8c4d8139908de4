"""Visits: the sample, the plan kept with its order of days, the sheet out and back in, the county's score."""
