"""Who may do what, and where: roles, rights, the places an account is bound to. Pure: no database and no page."""
