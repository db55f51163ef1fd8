-- Grain: one person and the freins of its last diagnostic.
select
    p,
    arg_max_null(freins, (date_diagnostic, id_diagnostic)) as freins
from diagnostics_connus
where p is not null
group by p
