"""A family of checks: one stem (rule, sheet) a check, found by checks.registry."""
