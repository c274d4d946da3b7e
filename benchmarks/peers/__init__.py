"""Peers: what others would take for the same job."""
