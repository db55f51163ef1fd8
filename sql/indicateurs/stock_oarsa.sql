-- Grain: one person soumis in December with, on the 31st, a suivi en cours whose organisme or its type is known (the
-- one of the latest start): the stock of the OARSA survey, as known then.
-- Source: 6-catalogue (V2-3, conventions of the DREES): ancienneté from the later of demande and rattachement;
-- situation familiale from the codes SITFAM of the CNAF.
with

situations as (
    select * from situations
    where soumis and month(mois) = 12
),

suivis_du_mois as (
    select * from suivis_du_mois
    where organisme_referent is not null or type_organisme is not null
    qualify row_number() over (partition by p, im order by rang) = 1
)

select
    situations.p,
    situations.mois,
    situations.territoire,
    coalesce(suivis_du_mois.type_organisme, 'inconnu') as type_organisme,
    coalesce(situations.sexe, 'inconnu') as sexe,
    coalesce(tranche_age(situations.mois_naissance, situations.mois), 'inconnu') as tranche_age,
    case
        when situations.nombre_enfants is null then 'inconnu'
        when situations.situation_famille in ('MAR', 'PAC', 'RPA', 'RVC', 'RVM', 'VIM')
            then if(situations.nombre_enfants > 0, 'couple_enfants', 'couple')
        when situations.situation_famille in ('ABA', 'CEL', 'DIV', 'ISO', 'SEF', 'SEL', 'VEU')
            then if(situations.nombre_enfants > 0, 'seul_enfants', 'seul')
        else 'inconnu'
    end as situation_familiale,
    greatest(situations.date_demande, situations.date_rattachement) as depuis,
    case
        when depuis is null then 'inconnu'
        when depuis + interval 6 months > suivis_du_mois.dernier_jour then 'moins_6_mois'
        when depuis + interval 1 year > suivis_du_mois.dernier_jour then '6_12_mois'
        when depuis + interval 2 years > suivis_du_mois.dernier_jour then '1_2_ans'
        when depuis + interval 5 years > suivis_du_mois.dernier_jour then '2_5_ans'
        else '5_ans_et_plus'
    end as anciennete
from situations
inner join suivis_du_mois
    on situations.p = suivis_du_mois.p and situations.im = suivis_du_mois.im
