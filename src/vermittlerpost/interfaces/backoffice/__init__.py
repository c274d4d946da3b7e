"""The insurer's web: worklists, cases, master data, news, print and figures."""
