"""Services: Mein Profil and Administration."""
