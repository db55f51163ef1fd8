-- Une partie ne dépasse jamais son tout, et un chiffre repris sous un autre code est le même chiffre.
with

liens as (
    select l.*
    from (
        values
        ('FA-1', 'nombre', '=', 'V2-1', 'nombre'),
        ('FA-2', 'nombre', '=', 'V2-2', 'nombre'),
        ('C-1', 'nombre', '=', 'V2-2', 'un_mois'),
        ('V3-M1a', 'nombre', '=', 'V2-1', 'nombre'),
        ('V2-1', 'personnes_distinctes', '<=', 'V2-1', 'nombre'),
        ('V2-2', 'nombre', '<=', 'V2-1', 'nombre'),
        ('V2-2', 'un_mois', '<=', 'V2-1', 'nombre'),
        ('V2-2', 'deja_orientes', '<=', 'V2-2', 'nombre'),
        ('V2-2', 'anticipees', '<=', 'V2-2', 'nombre'),
        ('V2-2N', 'nombre', '<=', 'V2-1', 'nombre'),
        ('F1-2', 'nombre_ouverture', '<=', 'F1-2', 'nombre'),
        ('F1-2', 'nombre', '<=', 'V2-1', 'nombre'),
        ('FA-3', 'nombre', '<=', 'V2-1', 'nombre'),
        ('V3-M1a', 'inscrits', '<=', 'V3-M1a', 'nombre'),
        ('V3-M2', 'nombre', '<=', 'V2-1', 'nombre'),
        ('V3-M4', 'nombre', '<=', 'V2-1', 'nombre'),
        ('C-2', 'nombre', '<=', 'V2-1', 'nombre'),
        ('C-2', 'deux_semaines', '<=', 'C-2', 'nombre'),
        ('C-3', 'nombre', '<=', 'V2-1', 'nombre'),
        ('C-3', 'deux_mois', '<=', 'C-3', 'nombre'),
        ('C-4', 'nombre', '<=', 'F1-2', 'nombre'),
        ('V2-3', 'nombre', '<=', 'V3-M3', 'nombre')
    ) as l (code, mesure, comment, autre_code, autre_mesure)
),

indicateurs as (
    select * from indicateurs
    where axe = '' and valeur is not null
)

select
    unes.code,
    unes.mesure,
    unes.periode,
    unes.territoire
from liens
inner join indicateurs as unes on liens.code = unes.code and liens.mesure = unes.mesure
inner join indicateurs as autres
    on
        liens.autre_code = autres.code
        and liens.autre_mesure = autres.mesure
        and unes.type_periode = autres.type_periode
        and unes.periode = autres.periode
        and unes.territoire = autres.territoire
where if(liens.comment = '=', unes.valeur <> autres.valeur, unes.valeur > autres.valeur)
