# Le tableau des rôles.

roles-title = Rôles
roles-intro = Ce que chaque rôle permet dans { $account }. La même règle décide de chaque page et de chaque bouton. Vos propres rôles sont signalés.
roles-caption = Les rôles et ce qu’ils permettent
roles-action = Action
roles-you = Vous
roles-yours = Le vôtre
roles-yes = Oui
roles-no = Non

action-view-customers = Voir les clients
action-export-customers = Exporter les clients
action-add-customer = Ajouter un client
action-edit-customer = Modifier les données d’un client
action-label-customers = Gérer le responsable, les étiquettes et les notes des clients
action-view-invitations = Voir les invitations
action-invite-customer = Inviter un client
action-attest-agreement = Consigner l’acceptation du contrat par un client
action-view-agreement = Voir le contrat d’un client
action-end-relationship = Mettre fin à une relation
action-view-insights = Voir les profils d’entreprise et leur audience
action-edit-profile = Modifier et publier les profils d’entreprise
action-view-referrals = Voir les recommandations
action-answer-referrals = Répondre aux recommandations et les suivre
action-assign-referrals = Attribuer les recommandations à des collègues
action-hand-over-referrals = Confier des recommandations aux revendeurs
action-import-referrals = Importer des recommandations
action-view-activity = Voir le journal d’activité
action-view-roles = Voir les rôles
action-request-admin = Demander l’administration déléguée à un client
action-end-admin = Mettre fin à l’administration déléguée
action-ask-to-end = Demander au fournisseur de mettre fin à une relation
action-view-partnerships = Voir les fournisseurs ou les revendeurs
action-invite-partner = Inviter un revendeur
action-accept-partnership = Se connecter à un fournisseur
action-end-partnership = Mettre fin à un partenariat
action-transfer-customers = Transférer des clients à un autre revendeur
