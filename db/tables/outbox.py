"""The outbox: what leaves the house, written in the same transaction as the fact."""
