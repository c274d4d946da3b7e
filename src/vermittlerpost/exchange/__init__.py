"""What other systems of the insurer may do here, what they were answered, and what they are told."""
