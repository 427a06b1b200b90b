"""Where documents go in: one module per engine, each with the same names."""
