"""Figures in, figures out: what was loaded is kept by release and asked for by measure and area."""
