-- Grain: one suspecte delivery that nobody has decided and that nothing newer makes pointless.
-- Source: 4-interface § 4.2 (exit code 4).
with

parties_jugees as (select * from parties_jugees),

releves as (select * from releves),

releves_juges as (select * from releves_juges),

mensuelles as (
    select
        suspectes.id_livraison,
        suspectes.organisme as qui,
        suspectes.mois,
        list_aggregate(suspectes.motifs, 'string_agg', ', ') as motifs
    from parties_jugees as suspectes
    anti join parties_jugees as plus_recentes
        on
            plus_recentes.retenue
            and suspectes.organisme = plus_recentes.organisme
            and suspectes.mois = plus_recentes.mois
            and suspectes.rang < plus_recentes.rang
    where not suspectes.retenue
),

stocks as (
    select
        releves.id_livraison,
        suspects.source || ' ' || suspects.emetteur as qui,
        null::date as mois,
        'LIV-006' as motifs
    from releves_juges as suspects
    inner join releves
        on
            suspects.source = releves.source
            and suspects.emetteur = releves.emetteur
            and suspects.rang = releves.rang
    anti join releves_juges as plus_recents
        on
            plus_recents.retenu
            and suspects.source = plus_recents.source
            and suspects.emetteur = plus_recents.emetteur
            and suspects.rang < plus_recents.rang
    where not suspects.retenu
)

select * from mensuelles
union all
select * from stocks
