"""The operator: commands, worker, health."""
