"""What the product promises about speed, each held against a peer or a raw limit in one run."""
