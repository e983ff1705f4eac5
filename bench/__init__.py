"""What the software costs: times and sizes, measured on this machine and printed."""
