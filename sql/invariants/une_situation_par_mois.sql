-- Une personne n'a qu'une situation par mois.
select
    mois,
    count(*) as lignes
from situations_mensuelles
group by mois
having count(*) <> count(distinct id_personne)
