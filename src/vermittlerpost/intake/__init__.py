"""What came in: notices, eVB confirmations, applications, masters; validated, matched, kept."""
