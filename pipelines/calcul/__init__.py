"""Livraisons become tables: the models of ``sql/`` run in the order of what they read."""
