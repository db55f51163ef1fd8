-- Grain: one person of whom a row bears the NIR that cle hides: two when the NIR is ambiguous (IDE-003).
select distinct noeuds_personnes.p
from identites
inner join noeuds_personnes on identites.noeud = noeuds_personnes.noeud
where identites.cle_nir_livree = getvariable('cle')
order by all
