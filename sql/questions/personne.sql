-- Grain: the person p, with the role of its last row.
select
    personnes.p,
    personnes.id_personne,
    (
        select arg_max(lignes.role, (lignes.im, lignes.role))
        from lignes
        where lignes.p = personnes.p
    ) as role
from personnes
where personnes.p = getvariable('p')
