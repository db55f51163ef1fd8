"""What files and marts must look like: fields, tables and rules, each stated once."""
