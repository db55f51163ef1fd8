-- Grain: one sortie: a person seen before has no row for enough complete months.
-- Source: 3-rules § 3.3 (sortie): two months, three after a closure that promises continuity (MUT, RGD, EFF).
with

absences as (select * from absences),

clotures as (select * from clotures),

apres_continuite as (
    select distinct
        absences.p,
        absences.im_avant
    from absences
    inner join clotures
        on
            clotures.continuite
            and not clotures.annulee
            and absences.p = clotures.p
            and clotures.im between absences.im_vue_avant and absences.im_apres - 1
)

select
    absences.p,
    absences.premier_mois_complet as date_rupture,
    absences.im_apres
from absences
left join apres_continuite
    on
        absences.p = apres_continuite.p
        and absences.im_avant = apres_continuite.im_avant
where
    absences.absences_completes >= case
        when apres_continuite.p is null then getvariable('absence_sortie_mois')
        else getvariable('absence_sortie_continuite_mois')
    end
