"""From the month's files to published indicators: reception, calcul, publication."""
