-- Le délai, la date et les drapeaux d'une orientation disent la même chose.
select
    mois,
    id_personne
from nouveaux_entrants
where
    delai_jours is distinct from date_orientation - date_reception_t0
    or anticipee <> coalesce(delai_jours < 0, false)
    or (oriente_15_jours and date_orientation is null)
    or (oriente_15_jours and not oriente_1_mois)
    or oriente_15_jours is null
    or oriente_1_mois is null
    or delai_echu is null
    or absent_rdv_orientation is null
    or decide_non_notifie is null
