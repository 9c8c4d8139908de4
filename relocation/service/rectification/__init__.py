"""The rectification ledger's verbs: opening entries, moving them, following what the checks find, listing them."""
