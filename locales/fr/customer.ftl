# La page d’un client.

customer-switch = Aller à un autre client
customer-switch-go = Rechercher
customer-called = Nommé « { $alias } » ici
customer-relation-direct = Client direct depuis le { $date }
customer-relation-provider = Par le fournisseur { $partner } depuis le { $date }
customer-relation-reseller = Par le revendeur { $partner } depuis le { $date }
customer-admin-until = Administration déléguée jusqu’au { $date }
customer-end = Mettre fin à la relation…
customer-end-ask = Demander la fin à { $provider }…
customer-agreement-missing = Contrat manquant
customer-owner-nobody = Sans responsable
customer-id-short = ID
customer-tabs = Client
customer-tab-overview = Vue d’ensemble
customer-tab-account = Compte
customer-tab-notes = Notes
customer-tab-access = Accès
customer-tab-activity = Activité
customer-none = Non renseigné
customer-copy-domain = Copier le domaine
customer-copy-id = Copier l’identifiant du client
customer-copy-organisation = Copier l’identifiant de l’organisation
customer-copy-registration = Copier le numéro d’immatriculation
customer-copy-email = Copier l’adresse e-mail

# Vue d’ensemble.
customer-todo = À traiter
customer-todo-agreement = Contrat client non confirmé
customer-todo-agreement-text = Aucune commande n’est possible d’ici là.
customer-todo-missing = Manquant : { $field }
customer-todo-required = Cette information est obligatoire pour les clients de ce pays ({ $country }).
customer-todo-owner = Sans responsable
customer-todo-owner-text = Personne ne suit ce client.
customer-relations = Relations
customer-relation-reseller-name = Relation de revente
customer-relation-admin-name = Administration déléguée
customer-relation-admin-none = Aucune
customer-starts = Par où commencer
customer-start-subscriptions = Abonnements
customer-start-billing = Facturation
customer-start-support = Support
customer-start-later = Pas encore disponible dans cette version.
customer-latest-note = Dernière note
customer-latest = Activité récente
customer-activity-all = Toute l’activité

# Compte.
customer-section-company = Entreprise
customer-section-address = Adresse
customer-section-contact = Contact principal
customer-section-labels = Classement
customer-section-relationship = Relation
customer-section-agreement = Contrat client
customer-fact-email = E-mail
customer-fact-organisation = Identifiant de l’organisation
customer-fact-organisation-note = L’entreprise elle-même, identique pour tous les partenaires. Non modifiable.
customer-fact-id = Identifiant du client
customer-fact-state = Statut
customer-fact-relation = Relation
customer-fact-activity = Dernière activité
customer-fact-accepted-by = Accepté par
customer-fact-attested-by = Confirmé par
customer-fact-attested = { $who }, { $when }
customer-fixed = Non modifiable.

# Modifier une section.
customer-edit = Modifier
customer-edit-company = Modifier l’entreprise
customer-edit-address = Modifier l’adresse
customer-edit-contact = Modifier le contact principal
customer-edit-labels = Modifier le nom dans les listes, le responsable et les étiquettes
customer-hint-company-name = Tel qu’il figure au registre du commerce. Le nom dans les listes est un champ à part.
customer-hint-phone = Avec l’indicatif +{ $code }, ou tel qu’on le compose dans le pays.
customer-hint-postal-code = Par exemple { $example }
customer-hint-contact-email = Une adresse de l’entreprise cliente, pas de la vôtre.
customer-hint-language = La langue dans laquelle écrire à cette personne.
customer-hint-alias = Visible uniquement par vous et vos collègues.
customer-choose = Choisir…
customer-tags-none = Il n’y a pas encore d’étiquettes.
customer-tags-manage = Gérer les étiquettes
customer-fixed-company = Le pays, le domaine et les identifiants ont été fixés à la création du compte et ne peuvent plus être modifiés.
customer-save = Enregistrer
customer-cancel = Annuler
customer-missing = { $field } : renseignez ce champ.
customer-owner-gone = Choisissez un responsable dans la liste ; celui que vous aviez choisi ne fait plus partie de ce compte.
flash-customer-unchanged = Rien n’a dû être modifié : tout correspond déjà à votre saisie.

# Deux versions.
customer-conflict-title = Quelqu’un d’autre a enregistré avant vous
customer-conflict-who = { $who } a enregistré une modification pendant que vous écriviez ({ $when }).
customer-conflict-somebody = Une modification a eu lieu pendant que vous écriviez.
customer-conflict-text = Rien de votre saisie n’est perdu : choisissez pour chaque champ la version à garder.
customer-conflict-table = Champs qui diffèrent
customer-conflict-mine = Votre version
customer-conflict-theirs = Version actuelle
customer-conflict-same = Tous les autres champs de cette section sont identiques dans les deux versions.
customer-conflict-save = Enregistrer ces choix
customer-conflict-drop = Abandonner mes modifications

# Notes.
customer-note-new = Nouvelle note
customer-note-edit = Modifier la note
customer-note-hint = Vos collègues de { $account } la voient ; ni le client ni les autres partenaires.
customer-note-add = Ajouter la note
customer-note-edited = modifiée le { $when }
customer-note-which = , note du { $when }
customer-note-remove = Supprimer
customer-note-remove-effect = La note disparaît de cette page. Son texte reste dans le journal d’activité.
customer-note-remove-go = Supprimer la note
customer-note-empty = Rédigez d’abord le texte de la note.
customer-notes-none = Aucune note pour l’instant
customer-notes-none-text = Notez ici ce que vos collègues doivent savoir de ce client.
customer-notes-all = Toutes les notes
customer-notes-off = Vous ne pouvez pas rédiger de note ici.
flash-customer-note-added = La note est ajoutée.
flash-customer-note-removed = La note est supprimée.

# Activité.
customer-activity-none = Il ne s’est encore rien passé
customer-activity-none-text = Chaque modification de ce client apparaîtra ici.
customer-restore = Rétablir les valeurs précédentes
customer-restore-which = (avant la modification du { $when })
customer-restore-off = Les valeurs précédentes ne peuvent pas être rétablies.
flash-customer-restored = Les valeurs précédentes sont rétablies.
customer-agreement-record = Enregistrer l’acceptation du contrat
customer-agreement-fixed = Le jour et la personne sont conservés avec votre nom. Un nouvel enregistrement ne remplace pas l’ancien : les deux sont gardés.
flash-agreement-recorded = L’acceptation du contrat est enregistrée.
