# La liste des clients.

customers-title = Clients
customers-count-exactly = Compter exactement
customers-add = Ajouter un client
customers-more = Plus
customers-invite = Inviter un client
customers-tags = Gérer les étiquettes
customers-export = Exporter
customers-columns = Colonnes
customers-columns-legend = Colonnes de cette liste
customers-columns-show = Afficher
customers-compact = Lignes serrées
customers-views = Vues
customers-tab-all = Tous
customers-tab-mine = Les miens
customers-tab-pending = Invitation en attente
customers-tab-ended = Anciens clients
customers-tab-requests = Demandes de fin
customers-ended = { $when }, { $by }
customers-tab-drafts = Brouillons
customers-search = Rechercher un client
customers-search-fields = Nom, domaine, identifiant, immatriculation ou contact
customers-search-go = Rechercher
customers-filters = Filtres
customers-table = Clients
customers-check-all = Choisir toute la page
customers-copy-id = Copier l’identifiant
customers-through = Par { $partner }
customers-announce = { $count ->
    [one] { $shown } client
   *[other] { $shown } clients
  }
customers-none-title = Aucun client pour l’instant
customers-none = Chacun de vos clients a ici son compte client : c’est de là que vous vendez, facturez et assurez le support.
customers-nothing-title = Aucun résultat
customers-nothing-search = Aucun client ne comporte « { $search } » dans son nom, son domaine, son identifiant, son immatriculation ou son contact.
customers-nothing-filters = Les filtres ci-dessus masquent les autres.
customers-search-all = Rechercher parmi tous les clients

column-company = Société
column-relationship = Relation
column-status = Statut
column-owner = Responsable
column-tags = Étiquettes
column-agreement = Contrat
column-activity = Dernière activité
column-created = Créé le
column-country = Pays
column-source = Origine
column-registration = Immatriculation
column-contact = Contact
column-ended = Fin
column-undo = Annulable jusqu’au

filter-status = Statut
filter-relationship = Relation
filter-source = Origine
filter-tag = Étiquette
filter-owner = Responsable
filter-country = Pays
filter-agreement = Contrat
filter-apply = Appliquer
filter-clear = Tout effacer
filter-remove = Retirer le filtre
filter-nothing = Rien à choisir.
filter-unknown = inconnu ({ $value })

status-active = Actif
status-pending = En attente
status-ended = Terminé
relationship-direct = Directe
relationship-through = Par un partenaire
agreement-accepted = Accepté
agreement-missing = Manquant
source-added = Ajouté
source-invited = Invité
source-imported = Importé
source-api = API
source-referral = Recommandation
source-connector = Connecteur
owner-none = Personne

view-remove = Supprimer cette vue
view-save = Enregistrer la vue
view-name = Nom de la vue
view-shared = La montrer aussi aux collègues
flash-view-saved = La vue figure désormais parmi les onglets.
flash-view-unnamed = Donnez à la vue un nom de 60 caractères au plus.
flash-view-removed = La vue est supprimée.
flash-display-saved = Votre affichage est enregistré.

bulk-label = Clients choisis
bulk-one = 1 choisi
bulk-many = # choisis
bulk-all = Les { $total } correspondants
bulk-tag = Étiqueter…
bulk-owner = Responsable…
bulk-invite = Inviter…
bulk-none = Ne rien choisir
bulk-tag-title = Étiqueter des clients
bulk-owner-title = Désigner un responsable
bulk-count = { $count ->
    [one] { $shown } client est choisi.
   *[other] { $shown } clients sont choisis.
  }
bulk-count-many = Plus de { $shown } clients sont choisis.
bulk-which-tag = Quelle étiquette ?
bulk-which-owner = Nouveau responsable
bulk-add-tag = Ajouter l’étiquette
bulk-remove-tag = Retirer l’étiquette
bulk-set-owner = Désigner
flash-bulk-none = Cochez d’abord au moins un client.
flash-bulk-unchosen = Rien n’a changé : choisissez d’abord une étiquette ou un responsable.

job-title = Modification de clients
job-running = L’opération est en cours. Vous pouvez quitter cette page.
job-refresh = Actualiser
job-so-far = { $count ->
    [one] { $shown } client jusqu’ici.
   *[other] { $shown } clients jusqu’ici.
  }
job-done = Terminé
job-failed = Une panne a interrompu l’opération. Ce qui était déjà modifié le reste.
job-changed = { $count ->
    [one] { $shown } client a été traité.
   *[other] { $shown } clients ont été traités.
  }
job-not-found = { $count ->
    [one] { $shown } client est resté inchangé : introuvable, ou ancien client.
   *[other] { $shown } clients sont restés inchangés : introuvables, ou anciens clients.
  }
job-back = Retour aux clients

export-title = Exporter les clients
export-rows = Quels clients ?
export-view = Cette vue, avec sa recherche et ses filtres
export-view-plain = Tous les clients de la liste
export-everything = Tous, y compris les relations terminées
export-columns = Quelles colonnes ?
export-columns-hint = Identifiant, société, domaine, relation et étiquettes viennent toujours en premier.
export-shown = Celles affichées dans la liste
export-all = Toutes les colonnes
export-csv = Fichier CSV
export-bom = Avec une marque d’ordre des octets, pour les anciens tableurs
export-semicolon = Séparé par des points-virgules
export-as-csv = Télécharger en CSV
export-as-xlsx = Télécharger en XLSX
export-as-json = Ouvrir en JSON
export-back = Retour à la liste

tags-title = Étiquettes
tags-intro = Les étiquettes regroupent vos clients à votre façon. Elles ne sont visibles que dans ce compte partenaire.
tags-all = Toutes les étiquettes
tags-none = Il n’y a pas encore d’étiquette.
tags-name = Nom
tags-acts = Actions
tags-edit = Modifier
tags-edit-named = Modifier « { $name } »
tags-remove = Supprimer
tags-remove-effect = « { $name } » est retirée de tous les clients. Les clients eux-mêmes ne changent pas.
tags-remove-named = Supprimer l’étiquette « { $name } »
tags-new = Nouvelle étiquette
tags-colour = Couleur
tags-colour-n = Couleur { $n }
tags-save = Enregistrer l’étiquette
tags-cancel = Annuler
tags-name-wrong = Donnez à l’étiquette un nom de 1 à 40 caractères, sans point-virgule.
tags-name-taken = Une étiquette porte déjà ce nom, ou la limite de 500 étiquettes est atteinte. Choisissez un autre nom.
flash-tag-saved = L’étiquette est enregistrée.
