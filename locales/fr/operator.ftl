# Les pages de la plateforme, pour ses exploitants.

platform-admin = Administration de la plateforme
nav-operator = Vue d’ensemble
nav-operator-mail = Courriels
nav-operator-schedule = Tâches planifiées
operator-acts = Actions

operator-title = Vue d’ensemble
operator-intro = Ce qui est en attente et ce qui a échoué sur cette plateforme, tous comptes partenaires confondus.
operator-all-well = Rien ne demande votre attention pour le moment.
operator-todo = À traiter
operator-look = Voir
operator-no-server = Aucun serveur de messagerie n’est configuré
operator-no-server-text = Les messages restent en attente tant que smtp_host et mail_from ne sont pas renseignés.
operator-dead = { $count ->
    [one] { $shown } message abandonné
   *[other] { $shown } messages abandonnés
}
operator-dead-text = Ils ont été refusés, ou n’ont pas pu être remis en une journée. Une fois la cause réglée, relancez-les.
operator-failing = { $count ->
    [one] { $shown } message n’a pas encore pu partir
   *[other] { $shown } messages n’ont pas encore pu partir
}
operator-failing-text = De nouvelles tentatives ont lieu d’elles-mêmes pendant une journée.
operator-profiles = { $count ->
    [one] Un profil d’entreprise attend votre validation
   *[other] { $shown } profils d’entreprise attendent votre validation
}
operator-profiles-text = Ce qui était public le reste jusqu’à votre décision.
operator-overdue = { $count ->
    [one] { $shown } tâche est en retard
   *[other] { $shown } tâches sont en retard
}
operator-overdue-text = Aucun serveur ne les a exécutées au moment prévu.
operator-failed = { $count ->
    [one] La dernière exécution d’une tâche a échoué
   *[other] La dernière exécution de { $shown } tâches a échoué
}
operator-failed-text = Une nouvelle tentative aura lieu dans les cinq minutes.
operator-waiting = En attente
operator-waiting-failed = En échec pour l’instant
operator-given-up = Abandonnés
operator-oldest = Le plus ancien attend depuis le
operator-mail-open = Ouvrir les courriels
operator-tasks = Tâches
operator-last-run = Dernière exécution
operator-next-run = Prochaine exécution
operator-schedule-open = Ouvrir les tâches planifiées

operator-mail-title = Courriels
operator-mail-intro = Les messages des 90 derniers jours, du plus récent au plus ancien : à qui, à quel sujet, et ce qu’ils sont devenus. Leur contenu n’est visible de personne ici.
operator-mail-states = Messages par état
operator-mail-all = Tous
operator-mail-queued = En attente
operator-mail-dead = Abandonnés
operator-mail-sent = Envoyés
operator-mail-search = Adresse électronique complète du destinataire
operator-mail-search-go = Rechercher
operator-mail-retry = Relancer
operator-mail-retry-all = Relancer tous les messages abandonnés
operator-mail-none-title = Aucun message pour l’instant
operator-mail-none = Chaque message écrit par le portail apparaîtra ici.
operator-mail-nothing = Aucun message ne correspond
operator-mail-clear = Afficher tous les messages
operator-mail-to = Destinataire
operator-mail-letter = Message
operator-mail-state = État
operator-mail-written = Rédigé
operator-mail-attempts = Tentatives
operator-mail-error = Dernière erreur
operator-mail-next = prochaine tentative : { $when }
operator-mail-wordless = Un message impossible à mettre en mots
mail-state-queued = En attente
mail-state-failing = En échec pour l’instant
mail-state-sent = Envoyé
mail-state-dead = Abandonné
flash-mail-retried = Remis en attente. Les messages partent dans un instant, si le serveur de messagerie les accepte.

operator-schedule-title = Tâches planifiées
operator-schedule-intro = Ce qui s’exécute régulièrement, chaque tâche sur un seul serveur à la fois. En avancer une est sans danger.
operator-task = Tâche
operator-task-state = État
operator-task-runs = Exécutions
operator-task-failures = Échecs
operator-task-done = { $count } traités
operator-task-run = Exécuter maintenant
operator-task-running = En cours
operator-task-overdue = En retard
operator-task-failed = En échec
operator-task-well = Tout va bien
operator-never = jamais
operator-every-hours = { $count ->
    [one] toutes les heures
   *[other] toutes les { $shown } heures
}
operator-every-minutes = { $count ->
    [one] toutes les minutes
   *[other] toutes les { $shown } minutes
}
flash-task-hurried = La tâche s’exécute dans un instant.

# Les tâches, par nom.
task-delegated-admin-keep = Administration déléguée : prolongations et rappels
task-inquiries-erase = Demandes : effacement de celles qui sont terminées
task-profile-remind = Profils d’entreprise : rappels de confirmation
task-relationships-end = Relations : fins planifiées
task-sweep = Nettoyage de ce qui a expiré

# La boîte aux lettres de la démonstration.
demo-mail-link = Boîte aux lettres de la démonstration
demo-mail-title = Boîte aux lettres
demo-mail-intro = Tous les messages de cette démonstration arrivent ici, quel que soit leur destinataire. Rien ne part vers l’extérieur.
demo-mail-list = Messages, du plus récent au plus ancien
demo-mail-none-title = Aucun message pour l’instant
demo-mail-none = Les messages arrivent ici un instant après leur envoi.
demo-mail-to = À { $to }
demo-mail-all = Tous les messages
demo-mail-older = Plus anciens
demo-mail-page = Afficher le message comme un logiciel de messagerie
