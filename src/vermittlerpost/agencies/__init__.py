"""Who works for whom and may see what: carriers, firms, agencies, users."""
