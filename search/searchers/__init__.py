"""Where questions go: one module per engine, each with the same names."""
