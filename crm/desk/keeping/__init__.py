"""Keeping what is here: backups that are proved, putting one back, and everything as files to take along."""


class CannotKeep(Exception):
    """It was not done; the text says why and what to do. Nothing was changed."""
