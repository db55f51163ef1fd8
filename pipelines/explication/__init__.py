"""Why one person is, or is not, a nouvel entrant: the tables of a calculation, read step by step."""
