"""Speed and memory as ratios to a basis measured in the same run: ``make bench``."""
