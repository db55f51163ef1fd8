-- Grain: one (person, month): the person's row in the deliveries in force, all organismes together.
-- Source: 3-rules § 3.2 (situation, soumis, inconnue). The row that is soumis first, then état in the order
-- 2, 4, 3, 0, 1, 6, 5, then the latest demande, then the greatest numbers.
with

lignes_en_vigueur as (select * from lignes_en_vigueur),

personnes_ecartees as (select * from personnes_ecartees),

classees as (
    select
        *,
        case
            when list_contains(getvariable('etats_versables'), etat_dossier)
                then 'versable'
            when etat_dossier in ('3', '4') then 'suspendu'
            when etat_dossier in ('5', '6') then 'clos'
            else 'autre'
        end as classe_etat,
        classe_etat = 'versable'
        and coalesce(top_droits_devoirs, false) as soumis
    from lignes_en_vigueur
),

plusieurs_lignes as (
    select
        p,
        im
    from classees
    group by p, im
    having count(*) > 1
),

choisies as (
    select classees.*
    from classees
    semi join plusieurs_lignes
        on classees.p = plusieurs_lignes.p and classees.im = plusieurs_lignes.im
    qualify row_number() over (
        partition by classees.p, classees.im
        order by
            classees.soumis desc,
            instr('2430165', classees.etat_dossier),
            classees.date_demande desc nulls last,
            classees.numero_demande_rsa desc nulls last,
            classees.organisme desc nulls last,
            classees.matricule desc nulls last,
            classees.id_livraison
    ) = 1
),

seules as (
    select classees.*
    from classees
    anti join plusieurs_lignes
        on classees.p = plusieurs_lignes.p and classees.im = plusieurs_lignes.im
),

situations as (
    select * from seules
    union all
    select * from choisies
)

select
    situations.*,
    (
        situations.classe_etat = 'versable'
        and situations.top_droits_devoirs is null
    )
    or (personnes_ecartees.p is not null and not situations.soumis) as inconnue
from situations
left join personnes_ecartees
    on
        situations.p = personnes_ecartees.p
        and situations.im = personnes_ecartees.im
