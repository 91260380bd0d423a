# L’administration déléguée : des droits qu’un client a accordés.

admin-request = Demander des droits
admin-pending = { $recipient } n’a pas répondu à votre demande de droits
admin-pending-see = Voir la demande
admin-none = Aucune administration déléguée
admin-none-text = Vous pouvez vendre à ce client, mais pas administrer ses services : c’est à lui de vous en accorder les droits.
admin-state-active = Active
admin-state-expiring = Se termine bientôt
admin-state-expired = Échue
admin-state-ended = Terminée
admin-left-days = { $count ->
    [one] { $shown } jour restant
   *[other] { $shown } jours restants
  }
admin-left-hours = { $count ->
    [one] { $shown } heure restante
   *[other] { $shown } heures restantes
  }
admin-since = Depuis le
admin-until = Jusqu’au
admin-approved-by = Approuvée par
admin-auto = Prolongation automatique
admin-auto-on = Oui
admin-auto-off = Non
admin-auto-start = Activer la prolongation automatique
admin-auto-stop = Désactiver la prolongation automatique
admin-note = Remarque
admin-with-relationship = Ces droits prennent fin avec la relation.
admin-rights = Droits
admin-extend = Prolonger de six mois
admin-extend-off = Prolongation impossible.
admin-not-extended-over = Le terme est passé, et ce qui est échu ne peut être rétabli. Demandez de nouveau les droits.
admin-not-extended-global-admin = Le rôle d’administrateur général en fait partie, et le client en décide chaque fois à nouveau.
admin-not-extended-relationship-ends = La fin de la relation est programmée.
admin-not-extended-too-far = La durée dépasserait deux ans à compter d’aujourd’hui.
admin-end = Mettre fin à ces droits
admin-past = Droits antérieurs
admin-ended-partner = Vous y avez mis fin le { $date }
admin-ended-customer = Retirés par le client le { $date }
admin-ended-relationship = Terminés avec la relation le { $date }
admin-ended-time = Échus le { $date }
admin-end-title = Mettre fin aux droits « { $name } »
admin-end-effect-now = Vous perdez ces droits immédiatement, et non le { $until } :
admin-end-effect-final = C’est définitif. Pour obtenir de nouveaux droits, le client devra approuver une nouvelle demande.
admin-end-effect-relationship = La relation avec { $company } continue : vous pouvez toujours vendre et assurer le support.
admin-end-effect-told = La personne qui avait approuvé ces droits est prévenue par e-mail.
admin-end-go = Mettre fin aux droits « { $name } »

admins-title = Administration déléguée
admins-text = Les droits d’administration que vos clients vous ont accordés, dans l’ordre de leur échéance.
admins-tab-holds = Actifs
admins-tab-expiring = À échéance sous 30 jours
admins-tab-over = Terminés
admins-none = Rien ici
admins-none-text = Les droits se demandent sur la page d’un client, sous « Accès », et commencent quand le client les approuve.
admins-customer = Client
admins-left = Temps restant
admins-how-ended = Comment
admins-extended-title = Prolongation de six mois
admins-extended = Prolongée
admins-not-extended = Non prolongée
admins-extended-until = Jusqu’au { $date }
admins-result = Résultat
admins-details = Détails
admins-result-done = { $count ->
    [0] Rien n’a été prolongé
    [one] { $shown } prolongation effectuée
   *[other] { $shown } prolongations effectuées
  }
admins-result-failed = { $count ->
    [one] { $shown } n’a pas pu l’être ; la liste dit pourquoi.
   *[other] { $shown } n’ont pas pu l’être ; la liste dit pourquoi.
  }
admins-result-more = Seules les 500 premières lignes figurent ici, d’abord celles qui n’ont pas été prolongées.
admins-back = Retour à l’administration déléguée

flash-admin-extended = Prolongation de six mois effectuée. Les deux parties sont prévenues par e-mail.
flash-admin-ended = Ces droits ont pris fin. Le client est prévenu par e-mail.
flash-admin-changed = La situation a changé entre-temps. Voici où en sont les choses.
