"""The rectification ledger: which state may follow which, until when, and what is the same thing said twice. Pure: no database."""
