"""From EDGAR submission files to an index. Re-exports nothing: import the module that holds the name."""
