"""What may be said, in words, and whether what was said is true. Values in, values out."""
