"""What the insurer tells the intermediaries (MaklerTicker), and what they ask of their contact."""
