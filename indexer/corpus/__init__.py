"""From the paths a user gives to the submission files in them, lazily, also inside archives. Nothing is parsed here."""
