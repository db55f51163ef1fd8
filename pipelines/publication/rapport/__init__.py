"""The page that the comité départemental reads: figures taken masked, charts, tables, one HTML file."""
