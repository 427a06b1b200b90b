"""From a question to an answer. Re-exports nothing: import the module that holds the name."""
