-- Grain: one relevé (source, émetteur, date_reception), suspect or not.
-- Source: 4-interface § 4.5: a stock in which more than 5 % of the ids of the relevé in force vanished.
with recursive

releves as (
    select distinct
        releves.source,
        releves.emetteur,
        releves.date_reception,
        releves.rang,
        releves.acceptee,
        coalesce(modes.mode, 'stock') as mode
    from releves
    left join (
        select distinct
            source,
            emetteur,
            mode
        from config_emetteurs
    ) as modes
        on
            releves.source = modes.source
            and releves.emetteur = modes.emetteur
),

identifiants_releves as (select * from identifiants_releves),

ecarts as (
    select
        avant.source,
        avant.emetteur,
        avant.rang as rang_avant,
        apres.rang as rang_apres,
        sum(identifiants_releves.nombre) as presents,
        sum(identifiants_releves.nombre) filter (
            where not list_contains(identifiants_releves.rangs, apres.rang)
        ) as disparus
    from releves as avant
    inner join releves as apres
        on
            avant.source = apres.source
            and avant.emetteur = apres.emetteur
            and avant.rang < apres.rang
    inner join identifiants_releves
        on
            avant.source = identifiants_releves.source
            and avant.emetteur = identifiants_releves.emetteur
            and list_contains(identifiants_releves.rangs, avant.rang)
    group by all
),

juges as (
    select
        source,
        emetteur,
        cast(0 as bigint) as rang,
        cast(0 as bigint) as rang_en_force,
        false as suspect,
        false as retenu
    from releves
    group by source, emetteur

    union all

    select
        confrontes.source,
        confrontes.emetteur,
        confrontes.rang,
        case
            when confrontes.suspect and not confrontes.acceptee
                then confrontes.rang_en_force
            else confrontes.rang
        end as rang_en_force,
        confrontes.suspect,
        not confrontes.suspect or confrontes.acceptee as retenu
    from (
        select
            releves.source,
            releves.emetteur,
            releves.rang,
            releves.acceptee,
            juges.rang_en_force,
            coalesce(
                releves.mode = 'stock'
                and ecarts.presents > getvariable('suspecte_minimum')
                and ecarts.disparus > 0.05 * ecarts.presents,
                false
            ) as suspect
        from juges
        inner join releves
            on
                juges.source = releves.source
                and juges.emetteur = releves.emetteur
                and juges.rang + 1 = releves.rang
        left join ecarts
            on
                releves.source = ecarts.source
                and releves.emetteur = ecarts.emetteur
                and juges.rang_en_force = ecarts.rang_avant
                and releves.rang = ecarts.rang_apres
    ) as confrontes
)

select
    juges.source,
    juges.emetteur,
    juges.rang,
    releves.date_reception,
    releves.mode,
    juges.suspect,
    juges.retenu
from juges
inner join releves
    on
        juges.source = releves.source
        and juges.emetteur = releves.emetteur
        and juges.rang = releves.rang
