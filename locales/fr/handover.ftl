# Un fournisseur confie une recommandation à ses revendeurs : le premier qui accepte l’obtient.

handover-title = Confier à des revendeurs
handover-intro = Chaque revendeur choisi voit le besoin et la ville, mais pas de qui il s’agit. Le premier qui accepte obtient la recommandation avec tous ses détails ; les autres sont prévenus qu’elle n’est plus disponible.
handover-back = Retour à la recommandation
handover-number = Recommandation { $number }
handover-problem-over = Cette recommandation est close : elle ne peut plus être confiée.
handover-problem-received = Cette recommandation vous vient d’un autre partenaire : elle reste entre vous deux.
handover-problem-not-allowed = L’expéditeur n’attend de réponse que de vous. Acceptez d’abord la recommandation, puis convenez avec le client de qui prend la suite.
handover-problem-open = Elle est déjà proposée à des revendeurs. Attendez leur réponse ou retirez d’abord cette proposition.
handover-problem-accepted = Un revendeur s’en occupe déjà.
handover-nobody-title = Aucun revendeur à qui la confier
handover-nobody = Invitez d’abord un revendeur à un partenariat. Seuls vos revendeurs actifs figurent ici.
handover-search = Rechercher un revendeur par son nom
handover-search-go = Rechercher
handover-resellers = À quels revendeurs ?
handover-resellers-hint = Un seul, ou plusieurs : le premier qui accepte l’obtient. 20 au maximum.
handover-resellers-missing = Choisissez au moins un revendeur.
handover-resellers-many = Choisissez 20 revendeurs au maximum.
handover-none-found = Aucun revendeur actif ne porte ce nom.
handover-more = Il y en a d’autres : recherchez par nom. Ceux que vous avez cochés restent choisis.
handover-since = Partenaires depuis le { $when }
handover-message = Message
handover-message-hint = Les revendeurs le lisent avant d’accepter : n’y nommez pas le client.
handover-time = Délai de réponse
handover-days = { $count ->
    [one] { $shown } jour
   *[other] { $shown } jours
  }
handover-days-missing = Choisissez de 1 à 14 jours.
handover-next = La proposer au revendeur suivant si personne n’accepte
handover-next-hint = Un autre de vos revendeurs actifs est alors choisi selon les règles d’attribution de la plateforme.
handover-send = Confier
handover-show-title = Recommandation confiée
handover-offers = Revendeurs
handover-notes = Notes des revendeurs
handover-facts = Détails
handover-referral = Recommandation
handover-when = Confiée le
handover-until = Réponse attendue avant le
handover-then = Si personne n’accepte
handover-reseller = Revendeur
handover-state = État
handover-value = Valeur estimée
handover-close = Échéance estimée
handover-state-open = En attente de réponse
handover-state-won = Acceptée
handover-state-withdrawn = Retirée
handover-state-over = Personne n’a accepté
handover-opened = Ouverte le { $when }
handover-unopened = Pas encore ouverte
handover-withdraw = Retirer
handover-again = Confier à d’autres
handover-next-steps = Entre partenaires
handover-refused-apart = Votre partenariat avec ce fournisseur a pris fin : cette recommandation ne peut plus être acceptée.
flash-handover-made = La recommandation est confiée. Les revendeurs ont été prévenus.
flash-handover-withdrawn = La proposition est retirée. Les revendeurs ont été prévenus.
flash-handover-decided = Rien n’a changé : l’affaire est déjà décidée.

shared-state-received = Reçue
shared-state-accepted = Acceptée
shared-state-won = Gagnée
shared-state-lost = Perdue
shared-state-declined = Refusée
shared-state-expired = Expirée
shared-state-taken = Prise par un autre
shared-state-withdrawn = Retirée

handovers-title = Recommandations confiées
handovers-intro = Ce que vous avez confié à vos revendeurs, du plus récent au plus ancien.
handovers-report = Par revendeur
handovers-tabs = Recommandations confiées, par état
handovers-tab-all = Toutes
handovers-tab-open = En attente
handovers-tab-won = Acceptées
handovers-tab-over = Sans suite
handovers-none-title = Rien à afficher
handovers-none = Ouvrez une recommandation et choisissez « Confier à des revendeurs ».
handovers-none-period = Rien n’a été confié pendant cette période.
handovers-back = Voir les recommandations
handovers-others = { $count ->
    [one] et { $shown } autre
   *[other] et { $shown } autres
  }
handovers-report-title = Recommandations confiées, par revendeur
handovers-report-intro = Ce que chaque revendeur a fait des recommandations proposées pendant la période. Le taux d’acceptation ne compte que celles auxquelles il pouvait répondre, sans celles qu’un autre a prises ou que vous avez retirées.
handovers-file = Télécharger en CSV
handovers-period-label = Période
handovers-period = { $shown } derniers jours
handovers-period-show = Afficher
handovers-sum = Tous les revendeurs
handovers-more = Les 200 revendeurs les plus sollicités sont affichés. Le fichier les contient tous.
handovers-percent = { $value } %
handovers-offered = Proposées
handovers-accepted = Acceptées
handovers-declined = Refusées
handovers-expired = Expirées
handovers-gone = Prises ou retirées
handovers-won = Gagnées
handovers-lost = Perdues
handovers-acceptance = Acceptation
handovers-win-rate = Réussite
handovers-hours = Réponse médiane
handovers-hours-value = { $shown } h

audit-referral-hand-over = a confié une recommandation à des revendeurs
audit-referral-handed-over = a accepté une recommandation confiée
audit-referral-withdraw = a retiré une recommandation confiée
audit-referral-withdrawn = a retiré une recommandation qui avait été proposée
audit-referral-taken = a accepté une recommandation avant ce compte

nav-referrals = Recommandations
