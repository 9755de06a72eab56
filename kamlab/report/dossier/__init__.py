"""The account dossier: one page to read before a visit, and to talk about there."""
