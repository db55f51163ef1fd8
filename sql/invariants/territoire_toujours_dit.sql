-- Aucune ligne publiée n'est sans territoire.
select mois from situations_mensuelles
where territoire is null
union all
select mois from nouveaux_entrants
where territoire is null
union all
select mois from entonnoir_mensuel
where territoire is null
union all
select debut as mois from indicateurs
where territoire is null
