"""Raw limits: what the machine could do if nothing but the unavoidable were done."""
