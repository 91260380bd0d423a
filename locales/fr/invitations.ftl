# Les invitations, telles que leur expéditeur les voit.

invites-title = Invitations
invites-new = Nouvelle invitation
invites-bulk = Inviter à partir d’une liste
invites-search = Rechercher une invitation
invites-search-fields = Destinataire, adresse, société ou objet
invites-none-title = Aucune invitation pour l’instant
invites-none = Invitez une société à devenir votre client, ou demandez à un client l’administration déléguée. Chaque invitation reste ici, avec la suite qui lui a été donnée.
invites-nothing-search = Aucune invitation ne comporte « { $search } » dans son destinataire, son adresse, sa société ou son objet.
invites-search-all = Rechercher parmi toutes les invitations
invites-acts = Actions
invites-acts-on = Actions pour { $name }
invites-announce = { $count ->
    [one] { $shown } invitation
   *[other] { $shown } invitations
  }
invites-tab-all = Toutes
invites-tab-waiting = En attente
invites-tab-accepted = Acceptées
invites-tab-declined = Refusées
invites-tab-expired = Expirées
invites-tab-drafts = Brouillons
invites-tab-links = Liens ouverts

column-recipient = Destinataire
column-expected = Société
column-kind = Demande
column-state = État
column-invited = Créée le
column-sender = Par
column-sent = Dernier envoi
column-opened = Ouverte le
column-expires = Expire le
column-answered = Réponse le
column-language = Langue
column-purpose = Objet
column-note = Note

filter-state = État
filter-kind = Demande
filter-sender = Expéditeur
filter-language = Langue
filter-link = Lien

invite-state-draft = Brouillon
invite-state-sent = Envoyée
invite-state-opened = Ouverte
invite-state-accepted = Acceptée
invite-state-declined = Refusée
invite-state-expired = Expirée
invite-state-revoked = Révoquée

invite-kind-reseller = Relation de revendeur
invite-kind-reseller-and-provider = Revendeur et fournisseur
invite-kind-delegated-admin = Administration déléguée
invite-kind-partnership = Partenariat
invite-kind-with = Revendeur, avec { $provider }
invite-kind-means-reseller = La société devient votre client : vous pouvez lui vendre, la facturer et assurer son support. Elle ne vous donne aucun droit dans ses systèmes.
invite-kind-means-reseller-and-provider = La société devient votre client et celui de l’un de vos fournisseurs, en une seule réponse. Elle peut aussi n’accepter que l’un des deux.
invite-kind-means-delegated-admin = La société vous laisse administrer ses services, avec les rôles que vous nommez et jusqu’à une date donnée. Cela ne fait pas de vous son revendeur.
invite-kind-means-partnership = Un revendeur est invité à travailler avec vous comme fournisseur. Cela ne partage aucun client.
invite-link-open = Lien ouvert
invite-link-personal = À un destinataire
invite-open-link = Lien ouvert
invite-open-link-for = Lien ouvert : { $purpose }
invite-open-link-means = Un lien pour plusieurs personnes, par exemple pour un site ou un salon. Chacun y saisit son adresse et reçoit sa propre invitation. Vous pouvez révoquer le lien à tout moment.
invite-open-link-hint = Toute personne qui a ce lien peut demander une invitation, jusqu’à ce qu’il expire ou que vous le révoquiez.
invite-uses = { $count ->
    [0] pas encore utilisé
    [one] utilisé une fois
   *[other] utilisé { $shown } fois
  }

invite-send = Envoyer
invite-send-effect = La lettre part aussitôt.
invite-resend = Renvoyer
invite-resend-effect = Le destinataire reçoit un nouveau lien. L’ancien ne fonctionne plus.
invite-renew = Nouveau lien
invite-renew-effect = Un nouveau lien, avec une nouvelle échéance. L’ancien ne fonctionne plus.
invite-remind = Relancer
invite-remind-effect = Le même lien, dans une nouvelle lettre.
invite-revoke = Révoquer
invite-revoke-effect = Le lien cesse de fonctionner, définitivement. La personne qui l’ouvre en est informée.
invite-copy-link = Copier le lien
invite-off-reminded = Une fois par jour au plus : de nouveau à partir du { $when }.
invite-off-draft = Elle n’a pas encore été envoyée.
invite-off-accepted = Elle a été acceptée.
invite-off-declined = Elle a été refusée.
invite-off-expired = Elle a expiré. Renvoyez-la d’abord.
invite-off-revoked = Elle a été révoquée.

invite-title = Nouvelle invitation
invite-title-edit = Modifier le brouillon
invite-title-open = Nouveau lien ouvert
invite-for-customer = Pour { $company }
invite-which = Que souhaitez-vous demander ?
invite-nothing-fits = Il n’y a rien à demander à ce client pour l’instant.
invite-choose = Choisir…
invite-field-provider = Fournisseur
invite-field-recipient-name = Nom du destinataire
invite-field-recipient-email = Adresse du destinataire
invite-field-company = Société
invite-field-language = Langue de la lettre et de la page
invite-field-purpose = Objet
invite-field-name = Nom de la demande
invite-field-note = Note pour vos collègues
invite-field-message = Votre message
invite-field-roles = Rôles
invite-field-duration-days = Durée
invite-field-auto-extend = Prolonger de six mois à chaque échéance
invite-field-again = Envoyer tout de même une autre invitation
invite-provider-hint = Votre client devient aussi celui de ce fournisseur.
invite-company-hint = La société que vous attendez. Si une autre accepte, votre accord est d’abord demandé.
invite-language-hint = Le destinataire peut en changer.
invite-name-hint = Le client le voit. 50 caractères au plus, et différent de vos autres demandes.
invite-roles-hint = Demandez le strict nécessaire. Le client approuve chaque rôle.
invite-days-hint = De 1 à 730 jours, à compter de l’approbation.
invite-days = jours
invite-auto-extend-hint = Jamais possible avec le rôle d’administrateur général.
invite-message-hint = La lettre le cite comme venant de vous. Ce que l’invitation permet, son lien et son échéance sont toujours ajoutés.
invite-purpose-hint = Visible de vous et de vos collègues seulement.
invite-purpose-open-hint = Visible de vous et de vos collègues seulement : par exemple, l’endroit où le lien est publié.
invite-note-hint = Le destinataire ne la voit jamais.
invite-missing-recipient-email = Saisissez l’adresse du destinataire.
invite-missing-company = Saisissez la société que vous attendez.
invite-missing-purpose = Saisissez un objet ou un nom.
invite-missing-language = Choisissez une langue.
invite-missing-roles = Choisissez au moins un rôle.
invite-missing-duration-days = Saisissez une durée de 1 à 730 jours.
invite-missing-provider = Choisissez l’un de vos fournisseurs.
invite-name-taken = Une autre demande ou relation porte déjà ce nom. Choisissez-en un autre.
invite-global-admin-extends = Avec le rôle d’administrateur général, les droits ne peuvent pas se prolonger d’eux-mêmes. Renoncez à l’un ou à l’autre.
invite-again-missing = Une invitation à cette adresse attend encore sa réponse. Confirmez que vous voulez en envoyer une autre.
invite-already-customer = La relation avec ce client ne permet pas ce genre d’invitation. Revenez en arrière et choisissez-en un autre.
invite-conflict = Un collègue a modifié ce brouillon
invite-conflict-text = Rien n’est perdu : votre version est toujours dans le formulaire. L’enregistrer remplacera ce que votre collègue a écrit ici :
invite-waiting = Cette adresse a déjà une invitation
invite-waiting-open = Ouvrir l’invitation qui attend une réponse
invite-preview-update = Actualiser l’aperçu
invite-internal = Pour vous et vos collègues
invite-make-link = Créer le lien
invite-by-hand = Créer seulement le lien
invite-by-hand-effect = « Créer seulement le lien » n’envoie aucune lettre : vous transmettez le lien vous-même.
invite-save = Enregistrer le brouillon
invite-preview = La lettre
invite-preview-link = Le lien est créé à l’envoi. Il est propre à ce destinataire et ne se modifie pas.

invite-words-reseller = Je serais heureux de m’occuper de vos abonnements et de vos licences. La page derrière le bouton dit ce que votre accord nous permet, et ce qu’il ne permet pas.

    Si quelque chose n’est pas clair, répondez simplement à cette lettre.
invite-words-reseller-and-provider = Je serais heureux de m’occuper de vos abonnements et de vos licences, avec le fournisseur qui travaille avec nous. La page derrière le bouton dit ce que votre accord permet à chacun de nous, et ce qu’il ne permet pas.

    Si quelque chose n’est pas clair, répondez simplement à cette lettre.
invite-words-delegated-admin = Pour vous aider dans vos systèmes, nous avons besoin des droits nommés ci-dessous. Vous pouvez les accorder tous ou en partie, et les retirer à tout moment.

    Si quelque chose n’est pas clair, répondez simplement à cette lettre.
invite-words-partnership = Je serais heureux de travailler avec vous. La page derrière le bouton dit ce qu’un partenariat avec nous permet, et ce qu’il ne permet pas.

    Si quelque chose n’est pas clair, répondez simplement à cette lettre.

role-means-directory-reader = Voit les utilisateurs, les groupes et les licences, sans rien modifier.
role-means-global-reader = Voit tout ce que voit un administrateur général, sans rien modifier.
role-means-service-support-admin = Ouvre des demandes de support et suit l’état des services.
role-means-helpdesk-admin = Réinitialise le mot de passe des utilisateurs sans rôle d’administration.
role-means-licence-admin = Attribue et retire des licences.
role-means-user-admin = Crée, modifie et supprime des utilisateurs et des groupes.
role-means-billing-admin = Achète, et gère les abonnements et les paiements.
role-means-exchange-admin = Gère le courrier : boîtes, règles, acheminement.
role-means-security-admin = Gère les réglages de sécurité et traite les alertes.
role-means-global-admin = Peut tout faire, y compris aux autres administrateurs. À ne demander que si rien de moins ne convient.

invite-one = Invitation
invite-step-created = Créée
invite-step-sent = Envoyée
invite-step-reminded = Relancée
invite-step-opened = Ouverte
invite-step-expires = Expire
invite-step-answered = Réponse
invite-extends = (se prolonge d’elle-même)
invite-extends-not = (prend fin d’elle-même)
invite-days-count = { $count ->
    [one] { $shown } jour
   *[other] { $shown } jours
  }
invite-from-link = Provient de
invite-part-reseller = Relation de revendeur
invite-part-provider = Relation avec le fournisseur
invite-part-admin = Administration déléguée
invite-part-partnership = Partenariat
invite-accepted-parts = Accepté
invite-written = Dans ses termes
invite-decision-confirmed = Vous avez confirmé la société
invite-decision-refused = Vous avez refusé la société
invite-letter-invitation = Invitation
invite-letter-reminder = Relance
invite-letter-answered = Avis de réponse
invite-letter-other = Avis
invite-fate-queued = En file d’attente
invite-fate-sent = Remise au serveur de messagerie
invite-fate-dead = N’a pas pu être remise
invite-mismatch = Une autre société que prévu a accepté
invite-mismatch-text = Elle ne devient votre client que si vous confirmez. Si vous refusez, elle en est informée, et rien d’autre ne se produit.
invite-confirm = Confirmer cette société
invite-refuse = Refuser
invite-do = Ce que vous pouvez faire
invite-mailto = Ouvrir dans la messagerie
invite-link-hint = Pour ce destinataire seul : toute personne qui a le lien peut répondre.
invite-edit = Modifier le brouillon
invite-uses-title = Invitations issues de ce lien
invite-uses-none = Personne n’a encore utilisé ce lien.
invite-letter = La lettre
invite-steps = Ce qui s’est passé
invite-facts = Détails
invite-letters = Lettres
invite-letters-none = Aucune lettre n’a été envoyée pour cette invitation.

invite-bulk-intro = Une lettre pour chaque ligne d’une liste. Rien ne part avant que vous ayez vu ce que deviendrait chaque ligne.
invite-bulk-lines = Liste
invite-bulk-lines-hint = Un destinataire par ligne : adresse, nom, société, séparés par des tabulations, des points-virgules ou des virgules, comme copiés d’un tableur. 1 000 lignes au plus.
invite-bulk-line = Ligne
invite-bulk-verdict = Résultat
invite-bulk-good = À envoyer
invite-bulk-left-out = Écartée
invite-bulk-name-hint = La société y est ajoutée, pour que chaque demande ait son propre nom. 30 caractères au plus.
invite-bulk-name-wrong = Saisissez un nom de 1 à 30 caractères ; la société y est ajoutée.
invite-bulk-empty = Collez au moins une ligne.
invite-bulk-too-many = Cette liste compte plus de 1 000 lignes. Partagez-la.
invite-bulk-check = Vérifier la liste
invite-bulk-check-again = Vérifier de nouveau
invite-bulk-ready = { $count ->
    [0] Aucune ligne ne peut être envoyée
    [one] Une invitation peut être envoyée
   *[other] { $shown } invitations peuvent être envoyées
  }
invite-bulk-ready-text = Les lignes écartées ne partent pas. Vous pouvez les corriger dans la liste ci-dessous et vérifier de nouveau.
invite-bulk-send = { $count ->
    [one] Envoyer une invitation
   *[other] Envoyer { $shown } invitations
  }
invite-line-email = Ce n’est pas une adresse valable.
invite-line-own = Cette adresse est la vôtre ou celle de l’exploitant de ce portail.
invite-line-name = Le nom est trop long ou contient des caractères invisibles.
invite-line-company = La société manque ou son nom est trop long.
invite-line-twice = Cette adresse figure dans une ligne précédente.
invite-line-waiting = Une invitation à cette adresse attend encore sa réponse.
invite-line-named = Trop de demandes portent déjà ce nom.
invite-line-active = Ce client est déjà actif.
invite-line-ended = La relation avec ce client a pris fin.
invite-line-gone = Ce client est introuvable.
invite-customers-title = Inviter des clients
invite-customers-means-reseller = Pour les clients dont la relation a pris fin ou est en attente. Les autres sont écartés.
invite-customers-means-delegated-admin = Pour les clients dont la relation n’a pas pris fin. Les autres sont écartés.
invite-customers-rights = Pour l’administration déléguée
invite-customers-effect = Le contact de chaque client reçoit une lettre dans la langue du client. Ceux qui ont déjà une invitation en attente n’en reçoivent pas d’autre.
invite-customers-send = Envoyer les invitations
invite-job = Envoi des invitations
invite-job-sent = { $count ->
    [0] Aucune invitation envoyée.
    [one] Une invitation envoyée.
   *[other] { $shown } invitations envoyées.
  }
invite-job-left-out = { $count ->
    [one] Une ligne a été écartée.
   *[other] { $shown } lignes ont été écartées.
  }
invite-job-failed = Une erreur a interrompu l’envoi. Ce qui est parti jusque-là reste envoyé.
invite-job-more = Seules les 500 premières lignes de chaque sorte sont affichées.
invite-job-back = Retour aux invitations

flash-invite-sent = L’invitation est en route.
flash-invite-link = Le lien est prêt : copiez-le sur cette page.
flash-invite-saved = Le brouillon est enregistré.
flash-invite-no-draft = Cette invitation n’est plus un brouillon.
flash-invite-reminded = La relance est en route.
flash-invite-revoked = L’invitation est révoquée.
flash-invite-confirmed = La société est confirmée.
flash-invite-refused = La société est refusée et en sera informée.
flash-invite-changed = Rien n’a été fait : l’invitation a changé entre-temps. Voici où elle en est.
flash-invite-too-soon = Rien n’a été envoyé : une relance par jour au plus.
