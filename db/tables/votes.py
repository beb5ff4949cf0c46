"""The statutory vote 业主大会表决: its frozen roll, its questions, its ballots."""
