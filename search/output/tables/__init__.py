"""Tables in the formats that need more than a line a row: Markdown, Excel, and aligned columns for people."""
