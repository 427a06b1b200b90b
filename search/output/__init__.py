"""Printers: results in, text out, one module per format."""
