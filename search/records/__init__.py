"""Keep saved searches with what was last shown of them; read JSON, write files whole. Evidence has its own room."""
