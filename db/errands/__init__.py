"""The errand desk 代办点: services, errands, papers, progress."""
