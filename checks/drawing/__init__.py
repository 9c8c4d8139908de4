"""What drawings say of homes: areas against the rule and against each other, typed figures, and where a file comes from."""
