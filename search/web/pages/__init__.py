"""The pages: each module takes a request, asks the index, and gives a template its values."""
