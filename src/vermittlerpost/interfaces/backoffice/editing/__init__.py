"""What the insurer publishes: the MaklerTicker."""
