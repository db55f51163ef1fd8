-- Grain: one (period, territoire): the entries and where their orientation stands, a column a measure.
-- Source: 4-interface § 4.7, table indicateurs, codes V2-1 and V2-2.
with

totaux as (
    select * from indicateurs
    where axe = '' and code in ('V2-1', 'V2-2')
)

select
    type_periode,
    periode,
    debut,
    fin,
    territoire,
    cast(max(valeur) filter (where code = 'V2-1' and mesure = 'nombre') as bigint) as nouveaux_entrants,
    cast(max(valeur) filter (where code = 'V2-2' and mesure = 'nombre') as bigint) as orientes_15_jours,
    max(valeur) filter (where code = 'V2-2' and mesure = 'taux') as taux_15_jours,
    max(numerateur) filter (where code = 'V2-2' and mesure = 'taux') as orientes_delai_echu,
    max(denominateur) filter (where code = 'V2-2' and mesure = 'taux') as delais_echus,
    cast(max(valeur) filter (where code = 'V2-2' and mesure = 'deja_orientes') as bigint) as deja_orientes,
    cast(max(valeur) filter (where code = 'V2-2' and mesure = 'en_attente') as bigint) as en_attente,
    cast(max(valeur) filter (where code = 'V2-2' and mesure = 'un_mois') as bigint) as orientes_1_mois,
    max(statut) filter (where code = 'V2-2' and mesure = 'nombre') as statut,
    max(motif_nd) filter (where code = 'V2-2' and mesure = 'nombre') as motif_nd
from totaux
group by type_periode, periode, debut, fin, territoire
