"""What was written, exactly as written."""
