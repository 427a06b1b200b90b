"""Make finished segments of files, in this process or in workers. Nothing is committed here, and nothing compared."""
