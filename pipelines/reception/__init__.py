"""Files become immutable livraisons: recognise, read, check, pseudonymise, commit."""
