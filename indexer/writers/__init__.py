"""Write an index: the protocols, the engine that keeps one in a folder, and what its segments are made of."""
