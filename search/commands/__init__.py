"""What `search` can do, a module for each kind of thing; `search.cli` reads the command line and picks one."""
