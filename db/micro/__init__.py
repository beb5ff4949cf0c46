"""The micro-list 实事微清单: services and matters in three categories, each matter to its end."""
