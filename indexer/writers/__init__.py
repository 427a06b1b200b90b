"""Write an index: the door, the engine that keeps one in a folder, and what its segments are made of."""
