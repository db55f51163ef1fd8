-- Grain: one (suivi, rupture that precedes it) of the candidature of the month im of the person p.
select
    emetteur,
    id_orientation,
    version,
    nature,
    date_rupture
from ruptures_suivis
where p = getvariable('p') and im = getvariable('im') and not ferme
order by date_rupture, nature
