# Partenariats entre fournisseurs indirects et revendeurs indirects.

nav-resellers = Revendeurs
nav-providers = Fournisseurs

partnerships-intro-provider = Les revendeurs qui vendent aux clients que vous approvisionnez. Un partenariat ne partage à lui seul aucun client.
partnerships-intro-reseller = Les fournisseurs de ce que vous vendez. Un partenariat ne partage à lui seul aucun client.
partnerships-none-title-provider = Aucun revendeur pour le moment
partnerships-none-title-reseller = Aucun fournisseur pour le moment
partnerships-none-provider = Invitez un revendeur : dès qu’il accepte, vous pouvez ajouter des clients pour son compte.
partnerships-none-reseller = Un fournisseur vous invite par courriel. Dès que votre administrateur général accepte, le fournisseur figure ici et vous pouvez inviter des clients ensemble.
partnerships-nothing-title = Rien à afficher
partnerships-nothing-search = Aucun de ces noms ne contient « { $search } ».
partnerships-nothing-tab = Aucun partenariat n’est dans cet état.
partnerships-show-current = Afficher les partenariats en cours
partnerships-tabs = Partenariats par état
partnerships-tab-current = En cours
partnerships-tab-notice = En préavis
partnerships-tab-ended = Terminés
partnerships-search-provider = Rechercher un revendeur
partnerships-search-reseller = Rechercher un fournisseur
partnerships-search-fields = Nom
partnerships-search-go = Rechercher
partnerships-name = Nom
partnerships-state = État
partnerships-since = Partenaires depuis
partnerships-in-common = Clients en commun
partnerships-acts = Actions
partnerships-customers = Voir les clients
partnerships-add-provider = Ajouter un client
partnerships-add-reseller = Inviter de nouveaux clients
partnerships-transfer = Transférer des clients
partnerships-end = Mettre fin au partenariat
partnerships-end-look = À propos de la fin
partnerships-until = Jusqu’au { $when }
partnerships-ended-on = { $when }
partnerships-notice-given = { $partner } met fin à votre partenariat le { $when }.
partnerships-notice-reason = Motif indiqué : { $reason }
partnerships-why-customers = Nouveaux clients :
partnerships-why-end = Fin d’un partenariat :
partnerships-pending = Invitations sans réponse
partnerships-pending-more = Il y en a d’autres parmi vos invitations.
partnerships-company = Entreprise
partnerships-open-until = Valable jusqu’au
partnerships-invite = Inviter un revendeur
partnerships-invited-sent = Envoyée
partnerships-invited-opened = Ouverte
partnerships-invited-expired = Expirée

partnership-state-active = Actif
partnership-state-notice = En préavis
partnership-state-ended = Terminé

partnership-confirm = Je peux engager { $account } et j’autorise { $partner } comme son fournisseur indirect.
partnership-confirm-missing = Cochez cette case pour accepter, ou refusez.
partnership-accept = Autoriser { $partner }
partnership-decline-reason = Pourquoi refusez-vous ?
partnership-decline-hint = { $partner } lira ce que vous écrivez ici.
partnership-to-providers = Vers vos fournisseurs
partnership-over-connected = { $partner } et vous êtes partenaires
partnership-over-connected-text = Depuis le { $when }. Aucune réponse n’est plus attendue.
partnership-over-accepted = Cette invitation a déjà été acceptée
partnership-over-accepted-text = Elle ne peut l’être qu’une fois. Si ce n’était pas pour votre compte, demandez à { $partner } une invitation qui vous soit propre.
partnership-over-cloud = { $partner } se trouve dans un autre cloud
partnership-over-cloud-text = Un partenariat ne relie pas deux clouds.
flash-partnership-accepted = Vous êtes désormais partenaires. Le fournisseur en est informé.
flash-partnership-declined = Vous avez refusé. Le fournisseur en est informé.
partnership-choose-title = Choisir le compte qui répond
partnership-choose-intro = Vous appartenez à plusieurs comptes avec lesquels { $partner } pourrait travailler.
partnership-choose-none-title = Aucun de vos comptes ne peut répondre
partnership-choose-none = { $partner } invite un revendeur indirect de son propre cloud. Vous n’appartenez à aucun : transmettez le message à qui en fait partie, ou demandez un tel compte à l’exploitant de la plateforme.

partnership-end-title = Mettre fin au partenariat avec { $partner }
partnership-end-button = Mettre fin au partenariat avec { $partner }
partnership-cancel = Garder le partenariat
partnership-changes = Ce qui change
partnership-stays = Ce qui reste
partnership-effect-provider-customers-stay = Les clients en commun restent : vous gardez votre fiche de chacun, { $partner } garde la sienne.
partnership-effect-reseller-customers-stay = Les clients en commun restent : vous gardez votre fiche de chacun, { $partner } garde la sienne et continue de les approvisionner.
partnership-effect-provider-admin-stays = Les droits d’administration que des clients ont accordés à vous ou à { $partner } ne sont pas touchés.
partnership-effect-reseller-admin-stays = Les droits d’administration que des clients ont accordés à vous ou à { $partner } ne sont pas touchés.
partnership-effect-provider-records-stay = Les notes, les étiquettes et l’activité de chacun restent où elles sont, et cachées à l’autre.
partnership-effect-reseller-records-stay = Les notes, les étiquettes et l’activité de chacun restent où elles sont, et cachées à l’autre.
partnership-effect-provider-no-new-customers = À partir de ce jour, vous ne pouvez plus ajouter de clients pour { $partner }.
partnership-effect-reseller-no-new-customers = À partir de ce jour, { $partner } ne peut plus ajouter de clients pour votre compte et vous ne pouvez plus inviter de clients ensemble.
partnership-effect-provider-invitations-revoked = Les invitations sans réponse dans lesquelles { $partner } sollicite des clients pour vous deux sont annulées ce jour-là.
partnership-effect-reseller-invitations-revoked = Vos invitations sans réponse qui sollicitent des clients pour vous deux sont annulées ce jour-là.
partnership-effect-provider-transfer = Vous pouvez transférer des clients à un autre de vos revendeurs, avant comme après ce jour. Ils en sont informés par courriel.
partnership-effect-reseller-transfer = Vous pouvez inviter des clients à continuer avec vous et un autre de vos fournisseurs, avant comme après ce jour. Ils décident.
partnership-effect-provider-other-told = Les administrateurs chez { $partner } en sont informés aussitôt, et vous deux de nouveau le jour venu.
partnership-effect-reseller-other-told = Les administrateurs chez { $partner } en sont informés aussitôt, et vous deux de nouveau le jour venu.
partnership-customers = { $count ->
    [0] Il n’y a aucun client en commun.
    [one] Un client en commun est concerné :
   *[other] { $shown } clients en commun sont concernés :
  }
partnership-customers-many = Plus de { $shown } clients en commun sont concernés :
partnership-notice = Préavis
partnership-notice-days = { $count } jours, jusqu’au { $when }
partnership-notice-missing = Choisissez l’un des préavis proposés.
partnership-reason = Motif
partnership-reason-hint = { $partner } lira ce que vous écrivez ici.
partnership-reason-missing = Indiquez pourquoi vous mettez fin au partenariat.
partnership-type-name = Pour confirmer, saisissez le nom : { $partner }
partnership-name-wrong = Saisissez le nom du partenaire tel qu’il est affiché.
partnership-noticed-ours = Vous avez donné le préavis : le partenariat prend fin le { $when }
partnership-noticed-theirs = { $partner } a donné le préavis : le partenariat prend fin le { $when }
partnership-noticed-ended = Le partenariat a pris fin le { $when }
partnership-take-back = Retirer le préavis
flash-partnership-noticed = Le préavis est donné. L’autre partie en est informée.
flash-partnership-kept = Le préavis est retiré. L’autre partie en est informée.
flash-partnership-changed = Rien n’a été modifié : le partenariat est entre-temps dans un autre état.

audit-partnership-accept = a accepté un partenariat
audit-partnership-decline = a refusé un partenariat
audit-partnership-notice = a donné le préavis de fin d’un partenariat
audit-partnership-take-back = a retiré le préavis de fin d’un partenariat
audit-partnership-end = a mis fin à un partenariat dont le préavis est échu
field-partner = Partenaire
field-notice-ends = Prend fin le
field-notice-reason = Motif du préavis

transfer-title-provider = Transférer des clients : { $partner }
transfer-title-reseller = Continuer sans { $partner }
transfer-intro-provider = Les clients restent les vôtres et sont servis par un autre de vos revendeurs.
transfer-intro-reseller = Vous invitez des clients à continuer avec vous et un autre de vos fournisseurs. Ils décident.
transfer-nobody-title-provider = Il n’y a pas d’autre revendeur
transfer-nobody-title-reseller = Il n’y a pas d’autre fournisseur
transfer-nobody-text-provider = Vous pourrez transférer des clients dès qu’un autre revendeur sera votre partenaire.
transfer-nobody-text-reseller = Vous pourrez solliciter des clients dès qu’un autre fournisseur sera votre partenaire.
transfer-search-customers = Chercher des clients
transfer-search-provider = Chercher des revendeurs
transfer-search-reseller = Chercher des fournisseurs
transfer-no-customers = Aucun client en commun ne correspond.
transfer-which = Quels clients ?
transfer-more = Il y en a d’autres : cherchez-les, ou prenez-les tous.
transfer-all = Tous les clients en commun qui correspondent à la recherche, 500 au plus à la fois
transfer-to-provider = À quel revendeur ?
transfer-to-reseller = Avec quel fournisseur ?
transfer-review = Vérifier
transfer-back = Annuler
transfer-none = Cochez au moins un client, ou prenez-les tous.
transfer-too-many = Choisissez moins de clients à la fois.
transfer-nobody-provider = Choisissez le revendeur qui reprend les clients.
transfer-nobody-reseller = Choisissez le fournisseur avec lequel vous continuez.
transfer-count = { $count ->
    [one] Un client
   *[other] { $shown } clients
  }
transfer-effects = Ce qui se passe
transfer-effect-provider-sell = { $to } s’occupe désormais de ces clients, approvisionné par vous. Leurs achats restent.
transfer-effect-provider-record = { $to } reçoit de chacun une fiche avec les coordonnées de l’entreprise et le contact tels que vous les avez.
transfer-effect-provider-hidden = Les notes, les étiquettes et l’activité restent chez { $from }, parmi ses anciens clients, en lecture seule. Aucun n’apprend qui est l’autre.
transfer-effect-provider-rights = Les droits d’administration accordés par ces clients à { $from } prennent fin. { $to } n’en a aucun tant qu’ils ne lui en accordent pas.
transfer-effect-provider-told = Chaque client en est informé par courriel, dans sa langue ; les administrateurs chez { $from } et { $to } aussi.
transfer-effect-reseller-sell = Il est demandé à chaque client, par courriel, s’il continue avec vous, approvisionné par { $to }.
transfer-effect-reseller-record = Qui accepte devient aussi client de { $to }, et votre fiche nomme { $to }. Qui refuse reste comme il est.
transfer-effect-reseller-hidden = { $from } garde sa propre fiche de chaque client, tant que ni lui ni le client ne met fin à la relation.
transfer-effect-reseller-rights = Les droits d’administration ne sont pas touchés.
transfer-effect-reseller-told = Les invitations figurent dans votre liste et chaque réponse vous est signalée. Les clients sans adresse, ou qui ont déjà une telle invitation en attente, sont laissés de côté.
transfer-run-provider = Transférer les clients à { $to }
transfer-run-reseller = Inviter les clients chez { $to }
transfer-moved = { $count ->
    [0] Aucun client n’a été transféré à :
    [one] Un client a été transféré à :
   *[other] { $shown } clients ont été transférés à :
  }
transfer-not-moved = { $count ->
    [one] Un client n’a pas été transféré
   *[other] { $shown } clients n’ont pas été transférés
  }
transfer-why = Pourquoi
transfer-problem-ending = La relation avec lui est sur le point de prendre fin.
transfer-problem-not-taken = Le revendeur ne peut pas le reprendre en l’état. Adressez-vous au revendeur.
transfer-problem-elsewhere = Il ne faisait plus partie des clients en commun.
transfer-message = Nous aimerions continuer à vous servir, désormais approvisionnés par { $partner }. Dites-nous, je vous prie, si vous êtes d’accord.
flash-transfer-asked = Les invitations sont envoyées. Vous les trouvez ici, avec chaque réponse.
audit-customer-transfer = a transféré un client à un autre revendeur
audit-customer-entrust = a confié un client à ce compte
