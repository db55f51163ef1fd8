"""Two publications side by side: which figures differ, and which persons, deliveries, rules or code explain
it.

``sql/comparaison`` finds the persons and their causes; ``comparer`` lays out the two publications for it.
"""
