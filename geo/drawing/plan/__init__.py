"""What a drawing says of dwellings: unit of measure, views, title blocks, unit plans with rooms and openings, and what is odd."""
