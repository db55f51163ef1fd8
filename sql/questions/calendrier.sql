-- Grain: the months that deliveries tell of: the first and the last.
select
    min(mois) as premier,
    max(mois) as dernier
from calendrier
