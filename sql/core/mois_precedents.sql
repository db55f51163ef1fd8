-- Grain: one (retour, one of the three months before it): was the person inconnue, was it soumis; and which of
-- the organismes that would show it has not delivered.
-- Source: 3-rules § 3.2 (inconnue, seen from a candidate month), § 3.3 (candidate).
with

retours as (
    select
        p,
        im,
        organisme
    from retours
),

situations as (select * from situations),

personnes_ecartees as (select * from personnes_ecartees),

livres as (
    select
        organisme,
        im
    from calendrier_organismes
    where livre
),

precedents as (
    select
        retours.p,
        retours.im,
        retours.organisme,
        retours.im - recul.recul as im_avant
    from retours
    cross join (values (1), (2), (3)) as recul (recul)
),

derniers_organismes as (
    select
        precedents.*,
        situations.organisme as dernier_organisme
    from precedents
    asof left join situations
        on
            precedents.p = situations.p
            and precedents.im_avant > situations.im
)

select
    derniers_organismes.p,
    derniers_organismes.im,
    derniers_organismes.im_avant,
    case
        when livres_ici.organisme is null then derniers_organismes.organisme
        when livres_avant.organisme is null
            then derniers_organismes.dernier_organisme
    end as organisme_manquant,
    coalesce(situations.soumis, false) as soumis,
    coalesce(
        situations.inconnue,
        personnes_ecartees.p is not null or organisme_manquant is not null
    ) as inconnue
from derniers_organismes
left join situations
    on
        derniers_organismes.p = situations.p
        and derniers_organismes.im_avant = situations.im
left join personnes_ecartees
    on
        derniers_organismes.p = personnes_ecartees.p
        and derniers_organismes.im_avant = personnes_ecartees.im
left join livres as livres_ici
    on
        derniers_organismes.organisme = livres_ici.organisme
        and derniers_organismes.im_avant = livres_ici.im
left join livres as livres_avant
    on
        derniers_organismes.dernier_organisme = livres_avant.organisme
        and derniers_organismes.im_avant = livres_avant.im
