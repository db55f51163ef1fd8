-- The age of a person on the last day of a month, in the classes of 4-interface § 4.7. The month of birth is
-- enough: a birthday falls before the month's end or not at all in it.
create macro tranche_age(mois_naissance, mois) as
    case
        when mois_naissance is null then null
        when datediff('month', mois_naissance, mois) < 12 * 25 then '0-24'
        when datediff('month', mois_naissance, mois) < 12 * 30 then '25-29'
        when datediff('month', mois_naissance, mois) < 12 * 40 then '30-39'
        when datediff('month', mois_naissance, mois) < 12 * 50 then '40-49'
        when datediff('month', mois_naissance, mois) < 12 * 60 then '50-59'
        else '60+'
    end;

-- The key that the rows of a person are joined by (4-interface § 4.6): the same cle_dem is one person whatever the
-- NIR; a row without demande number goes by its NIR, if that is not ambiguous, else by its matricule or France
-- Travail key; an ambiguous NIR alone is told apart by the birth date.
create macro noeud_de(cle_dem, nir_utile, cle_mat, cle_ft, cle_nir, cle_naissance) as
    coalesce(
        cle_dem,
        nir_utile,
        cle_mat,
        cle_ft,
        cle_nir || coalesce(cle_naissance, '')
    );
