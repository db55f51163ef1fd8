-- Grain: one monthly figure that entries give back one by one (appartenances), and each aspect of an entry that may
-- change it, the decisive one first (ordre).
-- Source: 3-rules § 3.3 and 3.4.
select a.*
from (
    values
    ('V2-1', '', 'nombre', ['presence']),
    ('V2-1', '', 'personnes_distinctes', ['presence']),
    ('V2-1', 'motif_inclusion', 'nombre', ['presence']),
    ('V2-1', 'sexe', 'nombre', ['presence']),
    ('V2-1', 'tranche_age', 'nombre', ['presence']),
    ('V2-2', '', 'nombre', ['orientation', 't0']),
    ('V2-2', '', 'exactement_15_jours', ['orientation', 't0']),
    ('V2-2', '', 'un_jour', ['orientation', 't0']),
    ('V2-2', '', 'un_mois', ['orientation', 't0']),
    ('V2-2', '', 'anticipees', ['orientation', 't0']),
    ('V2-2', '', 'taux', ['orientation', 't0', 'echeance']),
    ('V2-2', '', 'taux_base', ['t0', 'echeance']),
    ('V2-2', '', 'deja_orientes', ['orientation', 't0', 'echeance']),
    ('V2-2', '', 'en_attente', ['orientation', 't0', 'echeance']),
    ('V2-2', 'accompagnement_global', 'nombre', ['orientation', 't0']),
    ('V2-2', 'type_parcours', 'nombre', ['orientation', 't0']),
    ('V2-2', 'type_organisme', 'nombre', ['orientation', 't0']),
    ('V2-2N', '', 'nombre', ['rendez_vous', 'orientation'])
) as a (code, axe, mesure, aspects)
