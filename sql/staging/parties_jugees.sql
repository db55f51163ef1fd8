-- Grain: one (complete monthly delivery, organisme, mois), suspecte or not.
-- Source: 4-interface § 4.5. Each delivery of an organisme is judged after those received before it,
-- against what was then in force: for the same month, and for the month before.
-- en_force carries that memory: mois → (dossiers, soumis) of the delivery in force.
with recursive

parties as (select * from parties_mensuelles),

jugees as (
    select
        organisme,
        cast(0 as bigint) as rang,
        null::varchar as id_livraison,
        null::date as mois,
        []::varchar [] as motifs,
        false as retenue,
        map([]::date [], []::struct(dossiers bigint, soumis bigint) []) as en_force
    from parties
    group by organisme

    union all

    select
        confrontees.organisme,
        confrontees.rang,
        confrontees.id_livraison,
        confrontees.mois,
        confrontees.motifs,
        confrontees.acceptee or len(confrontees.motifs) = 0 as retenue,
        case
            when confrontees.acceptee or len(confrontees.motifs) = 0
                then map_concat(
                    confrontees.en_force,
                    map(
                        [confrontees.mois],
                        [{
                            'dossiers': confrontees.dossiers,
                            'soumis': confrontees.soumis
                        }]
                    )
                )
            else confrontees.en_force
        end as en_force
    from (
        select
            confrontations.*,
            list_filter(
                [
                    case when compte_faux then 'LIV-001' end,
                    case
                        when
                            remplacee.dossiers > getvariable('suspecte_minimum')
                            and dossiers < 0.98 * remplacee.dossiers
                            then 'LIV-002'
                    end,
                    case
                        when
                            precedente.dossiers > getvariable('suspecte_minimum')
                            and abs(dossiers - precedente.dossiers)
                            > 0.1 * precedente.dossiers
                            then 'LIV-003'
                    end,
                    case
                        when
                            precedente.soumis > getvariable('suspecte_minimum')
                            and abs(soumis - precedente.soumis)
                            > 0.1 * precedente.soumis
                            then 'LIV-004'
                    end,
                    case
                        when
                            lignes_etat_2 > getvariable('suspecte_minimum')
                            and tops_manquants > 0.01 * lignes_etat_2
                            then 'LIV-005'
                    end
                ],
                lambda motif: motif is not null
            ) as motifs
        from (
            select
                parties.*,
                jugees.en_force,
                jugees.en_force[parties.mois] as remplacee,
                jugees.en_force[
                    cast(parties.mois - interval 1 month as date)
                ] as precedente
            from jugees
            inner join parties
                on
                    jugees.organisme = parties.organisme
                    and jugees.rang + 1 = parties.rang
        ) as confrontations
    ) as confrontees
)

select
    organisme,
    mois,
    rang,
    id_livraison,
    motifs,
    retenue
from jugees
where rang > 0
