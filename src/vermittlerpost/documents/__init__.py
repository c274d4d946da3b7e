"""What else is put before an agency: copies, portfolio events, statements, news."""
