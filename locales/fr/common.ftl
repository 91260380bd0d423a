# Le cadre de chaque page, et les mots communs à plusieurs fonctions.

skip-to-main = Aller au contenu principal
nav-label = Navigation principale
nav-menu = Menu
nav-customers = Clients
nav-delegated-admin = Administration déléguée
nav-invitations = Invitations
nav-audit = Activité
nav-roles = Rôles
menu-account = Compte partenaire
menu-accounts = Tous les comptes…
menu-user = { $name }, mon compte
menu-me = Mon compte
menu-sign-out = Se déconnecter
crumbs-label = Fil d’Ariane
live-copied = Copié
demo-note = Démonstration : toutes les données sont fictives et peuvent être réinitialisées à tout moment.

# Chaque langue par son propre nom.
language-en = English
language-fr = Français

months-short = janv., févr., mars, avr., mai, juin, juil., août, sept., oct., nov., déc.

# Listes.
pager-label = Pages
pager-previous = Précédent
pager-next = Suivant
pager-size = Lignes par page
pager-show = Afficher

# Formulaires.
form-optional = (facultatif)
form-error-title = Il y a un problème
form-error-prefix = Erreur :
flash-saved = Vos modifications sont enregistrées.

# Comptes partenaires.
account-type-direct = Revendeur direct
account-type-indirect-provider = Fournisseur indirect
account-type-indirect-reseller = Revendeur indirect
cloud-worldwide = Mondial
cloud-us-government = Gouvernement des États-Unis
cloud-germany = Allemagne
partner-status-applied = En attente d’approbation
partner-status-suspended = Suspendu
partner-status-closed = Fermé

# Rôles d’un membre.
role-global-admin = Administrateur général
role-user-management-admin = Administrateur des utilisateurs
role-billing-admin = Administrateur de la facturation
role-admin-agent = Agent d’administration
role-sales-agent = Agent commercial
role-helpdesk-agent = Agent du support technique
role-business-profile-admin = Administrateur du profil commercial
role-referrals-admin = Administrateur des recommandations
role-referrals-user = Utilisateur des recommandations

# Rôles qu’un client accorde pour l’administration.

# Pourquoi une action n’est pas permise.
why-roles = Il faut pour cela le rôle { $roles }. Adressez-vous à un collègue qui l’a.
why-account-type = Un compte de type « { $type } » ne le fait jamais lui-même : c’est son fournisseur indirect qui s’en charge. Adressez-vous à votre fournisseur indirect.
why-other-type = Un compte de type « { $type } » ne fait pas cela.
why-cloud = Cette fonction n’existe pas dans le cloud « { $cloud } ».
why-ended = La relation avec ce client a pris fin ; plus rien ne peut être modifié.

# Champs d’un compte client.
field-company-name = Nom de l’entreprise
field-alias = Nom dans les listes
field-address1 = Rue et numéro
field-address2 = Complément d’adresse
field-city = Ville
field-state = État ou province
field-postal-code = Code postal
field-country = Pays
field-phone = Téléphone
field-registration-number = Numéro d’immatriculation
field-contact-first = Prénom du contact
field-contact-middle = Deuxième prénom du contact
field-contact-last = Nom du contact
field-contact-email = E-mail du contact
field-language = Langue
field-owner = Responsable
field-tags = Étiquettes
field-agreed-on = Contrat accepté le
field-name = Nom
field-colour = Couleur
field-body = Texte
field-rows = Lignes
field-query = Recherche et filtres
field-kind = Demande
field-recipient = Destinataire
field-person = Personne
field-role = Fonction
field-email = E-mail
field-declined = Motif
field-domain = Domaine
field-source = Origine
field-reseller = Revendeur
field-ends-at = Fin
field-ended-by = À l’initiative de
field-reason = Motif
field-status = Statut
field-roles = Droits
field-auto-extend = Prolongation automatique
