"""The election and the committee: group, candidates, questions, who was told, who sits."""
