"""What cannot be stored although it arrived well."""


class Refused(ValueError):
    """`str()` says why, in the seller's words; the sender keeps what it sent, to be changed or thrown away."""
