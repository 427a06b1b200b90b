"""What one typed word, phrase or value asks for, as a tree: synonyms, dates, families of forms, items, places."""
