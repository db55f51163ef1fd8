-- Une lecture plus large compte au moins autant que la lecture publiée, et son écart est leur différence.
with

variantes as (
    select
        variantes.*,
        indicateurs.valeur as publiee
    from variantes
    inner join indicateurs using (code, type_periode, periode, territoire)
    where indicateurs.axe = '' and indicateurs.mesure = 'nombre'
)

select
    code,
    variante,
    periode,
    territoire
from variantes
where
    ecart is distinct from valeur - publiee
    or (code = 'V2-1' and variante in ('sans_critere_3', 'reentrees_comptees') and ecart < 0)
    or (code = 'V2-2' and variante in ('borne_inclusive', 'seuil_1_mois') and ecart < 0)
    or (variante = 'personnes_distinctes' and ecart > 0)
