"""What figures mean: small pure functions on short runs of numbers. No table, no file, no clock."""
