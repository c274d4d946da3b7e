"""What a cell of an input file may say, and when two spellings mean the same."""
