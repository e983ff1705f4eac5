"""Who takes part, and what each may do: people, their roles in partnerships, and the one module of rules."""
