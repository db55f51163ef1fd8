-- Grain: one file of one relevé that counts: not suspect, or accepted.
-- Source: 4-interface § 4.5. dernier: the émetteur's last relevé.
with

releves as (select * from releves),

releves_juges as (select * from releves_juges)

select
    releves.source,
    releves.emetteur,
    releves.id_livraison,
    releves.date_reception,
    releves.rang,
    releves_juges.mode,
    releves_juges.suspect,
    releves.rang = max(releves.rang) over (
        partition by releves.source, releves.emetteur
    ) as dernier
from releves
inner join releves_juges
    on
        releves.source = releves_juges.source
        and releves.emetteur = releves_juges.emetteur
        and releves.rang = releves_juges.rang
        and releves_juges.retenu
