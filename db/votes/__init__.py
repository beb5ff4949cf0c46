"""The statutory vote 业主大会表决: prepared, opened, cast, closed, counted, published."""
