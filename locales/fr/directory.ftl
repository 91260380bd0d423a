directory-title = Annuaire des partenaires
directory-title-near = Partenaires près de { $place }
directory-description = Trouvez un partenaire informatique par lieu, secteur, service et produit. C’est gratuit, et personne ne peut payer pour être mieux placé.
directory-intro = Trouvez un partenaire près de chez vous, découvrez ce qu’il fait et sollicitez-en jusqu’à trois à la fois.
directory-find = Faites-nous trouver un partenaire
directory-for-partners = Espace partenaires : se connecter
directory-q = Que cherchez-vous ?
directory-q-hint = La recherche porte sur les noms d’entreprise et les mots-clés, pas sur les descriptions.
directory-near = Près de
directory-near-hint = Une ville ou un pays, par exemple Lyon ou Belgique.
directory-unknown-place = Nous ne connaissons pas le lieu « { $place } »
directory-unknown-text = Les résultats ci-dessous viennent de partout. Essayez la grande ville la plus proche, ou précisez le pays : Paris, États-Unis.
directory-filter-country = Pays
directory-filter-industry = Secteur
directory-filter-service = Service
directory-filter-product = Produit
directory-filter-size = Taille des clients
directory-filter-language = Langue
directory-filter-type = Type de partenaire
directory-more = Tout afficher
directory-cloud = Cloud
directory-total =
    { $count ->
        [0] Aucun partenaire
        [one] { $shown } partenaire
       *[other] { $shown } partenaires
    }
directory-total-many = Plus de { $shown } partenaires
directory-empty = Aucun partenaire pour le moment
directory-empty-text = Les partenaires apparaissent ici dès qu’ils publient leur profil.
directory-none = Aucun partenaire ne correspond
directory-none-text = Retirez un filtre, utilisez moins de mots ou cherchez une plus grande ville à proximité : la recherche s’étend jusqu’à 100 km.
directory-clear = Afficher tous les partenaires
directory-distance =
    { $count ->
        [0] à moins de 1 km
       *[other] à { $shown } km
    }
directory-answers-hours =
    { $count ->
        [one] Répond généralement en moins d’une heure
       *[other] Répond généralement en moins de { $shown } heures
    }
directory-answers-days =
    { $count ->
        [one] Répond généralement en moins d’un jour
       *[other] Répond généralement en moins de { $shown } jours
    }
directory-view = Voir le profil
directory-contact = Contacter
directory-contact-partner = Contacter ce partenaire
directory-contact-place = Contacter { $place }
directory-pick = Choisir
directory-pick-go = Contacter les partenaires choisis (trois au plus)
directory-order = Comment les résultats sont-ils classés ?
directory-order-text = Viennent d’abord les partenaires dont le nom contient vos mots, puis ceux dont les mots-clés les contiennent. Dans chaque groupe, les plus proches précèdent les plus éloignés : jusqu’à 10, 25, 50 et 100 km. À égalité, le classement dépend de la rapidité avec laquelle le partenaire a répondu aux demandes des 90 derniers jours ; un nouveau partenaire part d’une note moyenne. Personne ne peut payer pour être mieux placé.
directory-any-size = Toutes tailles
directory-fact-service = Services
directory-fact-product = Produits
directory-fact-industry = Secteurs
directory-fact-size = Taille des clients
directory-fact-language = Langues
directory-fact-solution = Solutions et compétences
directory-fact-type = Type de partenaire
directory-about = Ce que fait ce partenaire
directory-locations = Implantations
directory-links = Sur le web
directory-website = Site web
directory-linkedin = LinkedIn
directory-gone = Ce partenaire ne figure pas dans l’annuaire
directory-gone-text = L’adresse est inconnue, ou le partenaire a retiré son profil.
directory-gone-go = Chercher dans l’annuaire
insights-name = Statistiques
insights-title = Statistiques : { $country }
insights-intro = Combien de fois votre profil a été trouvé, consulté et sollicité. Mesure sans cookie et sans aucune donnée sur les visiteurs ; les moteurs de recherche et autres programmes ne sont pas comptés. Les jours sont en UTC.
insights-csv-places = Télécharger en CSV par établissement
insights-period = Période
insights-period-30-days = 30 derniers jours
insights-period-3-months = 3 derniers mois
insights-period-6-months = 6 derniers mois
insights-kind-appearance = Apparitions dans les résultats
insights-kind-view = Consultations
insights-kind-contact = Clics sur Contacter
insights-kind-lead = Demandes reçues
insights-funnel = De la recherche à la demande
insights-share = { $percent } % de l’étape précédente
insights-over-time = Évolution
insights-most = Échelle : jusqu’à { $most }
insights-says = { $total } au total, avec un maximum de { $most } à partir du { $day }.
insights-says-nothing = Aucune sur cette période.
insights-places = Par implantation
insights-place = Implantation
insights-all = Total
insights-profile = Le profil lui-même
insights-days = Par jour
insights-weeks = Par semaine
insights-from = À partir du
insights-empty = Rien n’a été compté sur cette période
insights-empty-text = Les chiffres apparaissent dès que des visiteurs trouvent votre profil dans l’annuaire.
insights-empty-go = Voir le profil
