"""What an answer rests on: what it covers, what could not be read or located, what EDGAR lists besides."""
