"""What only those see who try the product out: the mails that it would have sent."""
