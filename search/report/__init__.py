"""Evidence as a report for people: one HTML page, made of its values and of nothing else."""
