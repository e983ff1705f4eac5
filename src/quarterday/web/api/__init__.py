"""What programs ask for: figures, findings, editions and plans, as JSON."""
