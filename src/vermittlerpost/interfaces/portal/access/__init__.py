"""How one gets in: login, second factor, password, sessions."""
