"""The engines that keep indices: what each offers, the doors to them by address, and one module for each."""
