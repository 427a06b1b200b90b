"""What is offered beside the exact answer: filings that lack a word, what may have been meant, names that are near."""
