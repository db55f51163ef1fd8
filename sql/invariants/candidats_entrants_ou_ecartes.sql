-- Tout candidat est soit nouvel entrant, soit écarté.
select
    mois,
    territoire
from entonnoir_mensuel
where candidats <> nouveaux_entrants + ecartes
