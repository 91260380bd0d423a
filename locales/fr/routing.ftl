# Le routage des demandes, pour les exploitants ; et, pour le destinataire, ce qui lui vaut une demande.

nav-operator-routing = Routage
routing-title = Routage
routing-intro = Quels partenaires reçoivent les demandes qui n’en désignent aucun ou qui passent au suivant. Chaque critère donne de 0 à 100 points, multipliés par son poids ; le total le plus élevé l’emporte. Aucun paiement n’entre en compte.
routing-weights = Poids
routing-weights-hint = De 0 à 100 ; 0 écarte le critère.
criterion-place = Lieu
criterion-language = Langue
criterion-industry = Secteur d’activité
criterion-product = Produits et services
criterion-load = Demandes en cours
criterion-speed = Rapidité des réponses
criterion-hint-place = Tous les points à moins de 20 km d’un site, aucun à partir de 500 km ; la moitié dans le pays si la ville est inconnue.
criterion-hint-language = Tous les points si le partenaire parle la langue du demandeur.
criterion-hint-industry = Tous les points pour le secteur du demandeur, la moitié si le profil n’en indique aucun.
criterion-hint-product = La part des produits et services demandés que le profil propose.
criterion-hint-load = Tous les points sans demande en cours, aucun à partir de 20.
criterion-hint-speed = Tous les points jusqu’à 24 heures en moyenne, aucun à 14 jours ; la moitié tant que le délai est inconnu.
routing-rules = Règles
routing-abroad = Kilomètres au-delà de la frontière
routing-abroad-hint = Un partenaire d’un autre pays doit avoir un site à cette distance au plus. 0 : uniquement les partenaires du pays du demandeur.
routing-most-open = Demandes en cours, au plus
routing-most-open-hint = Un partenaire qui en a autant n’en reçoit plus tant que certaines ne sont pas traitées.
routing-language = Uniquement les partenaires qui parlent la langue du demandeur
routing-language-hint = Sinon, la langue compte selon son poids.
routing-number = Saisissez un nombre entier de { $least } à { $most }
routing-no-weight = Donnez un poids à au moins un critère
routing-try = Essayer sur les demandes du dernier mois
flash-routing-saved = Le routage est enregistré. Il s’applique désormais à chaque demande.

routing-tried-title = Essai à blanc
routing-tried = { $count ->
    [one] { $shown } décision sur { $total } changerait.
   *[other] { $shown } décisions sur { $total } changeraient.
}
routing-tried-none = Aucune demande n’a été routée ces 30 derniers jours : il n’y a rien sur quoi essayer.
routing-tried-how = Rien n’est modifié ni enregistré. Les décisions des 30 derniers jours, 500 au plus, sont reclassées avec ce qui était connu au moment où elles ont été prises.
routing-totals = Demandes par partenaire
routing-cases = Demande par demande
routing-got = L’a reçue
routing-would = La recevrait
routing-changes = change
routing-nobody = Personne

routing-recent = Demandes récentes
routing-none-title = Aucune demande pour l’instant
routing-none = Chaque demande issue de l’annuaire apparaîtra ici, avec les raisons de son attribution.
routing-inquiry = Demande
routing-place = Lieu
routing-industry = Secteur
routing-how = Partenaires
routing-how-named = Désignés par le demandeur
routing-how-routed = Trouvés par le routage
routing-receivers = Destinataires
routing-inquiry-title = Demande du { $when }
routing-undecided = Le demandeur a désigné les partenaires : le routage n’a rien décidé.
routing-decision = Décision { $number }
routing-most = Poids alors en vigueur ; { $most } points au maximum.
routing-no-candidate = Aucun partenaire du pays ou des environs ne figure dans l’annuaire.
routing-total = Points
routing-distance = km
routing-open = En cours alors
routing-chosen = Retenu
routing-bar-asked = L’avait déjà reçue
routing-bar-far = Autre pays, et trop loin
routing-bar-language = Ne parle pas la langue
routing-bar-busy = Trop de demandes en cours
routing-bar-full = Plus de demandes ce jour-là
routing-km = à { $km } km

operator-expiring = { $count ->
    [one] { $shown } demande expire dans les deux jours
   *[other] { $shown } demandes expirent dans les deux jours
}
operator-expiring-text = Leurs partenaires n’ont pas répondu malgré les rappels. Une demande expirée passe au suivant si le demandeur l’a permis.
