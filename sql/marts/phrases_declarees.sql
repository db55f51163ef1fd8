-- Grain: one sentence that the département gives: a comment on the cells that it covers, a figure declared elsewhere,
-- the rattachement of the chefferie de projet (V1-1).
-- Source: 6-catalogue (valeurs_declarees: « déclaré, non recalculé »; commentaires).
with

chiffres as (
    select * from chiffres
    where tete
),

commentaires_connus as (select * from commentaires_connus),

declarations_connues as (
    select
        *,
        valeur = trunc(valeur) as est_entiere,
        replace(format('{}', cast(valeur as double)), '.', ',') as valeur_ecrite
    from declarations_connues
),

moyens_connus as (select * from moyens_connus)

select
    chiffres.code,
    chiffres.type_periode,
    chiffres.periode,
    chiffres.territoire,
    80 as ordre,
    commentaires_connus.texte,
    null as nombre
from chiffres
inner join commentaires_connus
    on
        commentaires_connus.code in (chiffres.code, '*')
        and chiffres.territoire = coalesce(commentaires_connus.territoire, chiffres.territoire)
        and coalesce(commentaires_connus.debut, date '0001-01-01') <= chiffres.fin
        and coalesce(commentaires_connus.fin, date '9999-12-31') >= chiffres.debut
union all
select
    chiffres.code,
    chiffres.type_periode,
    chiffres.periode,
    chiffres.territoire,
    75 as ordre,
    'Déclaré, non recalculé : '
    || if(declarations_connues.est_entiere, '{n}', declarations_connues.valeur_ecrite)
    || coalesce(
        ' (' || nullif(
            concat_ws(' ; ', declarations_connues.methode, declarations_connues.source), ''
        ) || ')', ''
    ) || '.' as texte,
    if(declarations_connues.est_entiere, cast(declarations_connues.valeur as bigint), null) as nombre
from chiffres
inner join declarations_connues
    using (code, type_periode, periode, territoire)
union all
select
    chiffres.code,
    chiffres.type_periode,
    chiffres.periode,
    chiffres.territoire,
    15 as ordre,
    'Rattachement : ' || moyens_connus.rattachement || '.' as texte,
    null as nombre
from chiffres
inner join moyens_connus
    on
        chiffres.code = 'V1-1'
        and chiffres.territoire = 'TOTAL'
        and strftime(chiffres.fin, '%Y') = moyens_connus.annee
where chiffres.statut <> 'ND' and moyens_connus.rattachement is not null
