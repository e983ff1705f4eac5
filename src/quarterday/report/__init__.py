"""What is said, on paper and screen: one frozen document, and a writer for each format."""

FORMATS = ("html", "pdf", "json")
"""What an edition is written as; the JSON is the edition itself, so it is always kept."""
