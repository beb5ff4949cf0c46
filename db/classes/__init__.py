"""The after-school class 四点半课堂: terms, courses, children, lessons."""
