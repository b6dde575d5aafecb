"""What the program costs, measured beside what nothing at all costs."""
