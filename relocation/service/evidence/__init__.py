"""Evidence: files attached to sites, households, findings and ledger entries, what they are worth, and who else shows the same picture."""
