"""Makes the sample world: invented people, agencies and vehicles whose files look like real feeds."""
