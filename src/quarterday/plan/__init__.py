"""What was agreed, and by whom: the plan of a partnership as a value, as a file and as tables."""
