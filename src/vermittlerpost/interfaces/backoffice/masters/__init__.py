"""Master data: firms, their agencies and users."""
