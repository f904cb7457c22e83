"""Readers of the messages of authorities and partners; `recognise.read` is the only way in."""
