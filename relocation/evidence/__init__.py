"""What a file proves: its hash, a photo's time and place, the chain of what was done. Pure: no database."""
