"""A synthetic département: CAF/MSA, France Travail and CD files of fictional people."""
