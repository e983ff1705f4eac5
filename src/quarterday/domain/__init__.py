"""What things are: periods, areas, measures, figures, findings. Standard library only."""
