"""Lists of persons for the services: under ``entrepot/restreint``, for their owner alone, noted first."""
