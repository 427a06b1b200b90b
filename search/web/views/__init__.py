"""What pages show, made ready for templates: pure, without HTTP and without an index."""
