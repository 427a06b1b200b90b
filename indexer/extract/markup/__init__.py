"""From HTML to text with marks (`tag_splitting`, `parsers`), and from marks to lines (`layout`)."""
