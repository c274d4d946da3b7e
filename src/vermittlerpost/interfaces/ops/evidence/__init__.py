"""Evidence (B10): what happened to a case and its letters, signed, to be checked by anybody without this house."""
