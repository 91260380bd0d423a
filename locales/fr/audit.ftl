# Le journal d’activité. Ce qui a été fait suit le nom de la personne.

audit-title = Activité
audit-intro = Qui a fait quoi dans ce compte partenaire, du plus récent au plus ancien. Rien n’y est jamais modifié ni supprimé.
audit-by-command = L’exploitant
audit-by-somebody = Quelqu’un
audit-none-title = Il ne s’est encore rien passé
audit-none = Chaque modification faite dans ce compte partenaire apparaîtra ici.
audit-open-customer = Ouvrir le client
audit-changes = Ce qui a changé
audit-field = Champ
audit-before = Avant
audit-after = Après
audit-nothing = vide
audit-older = Plus ancien

audit-customer-add = a ajouté un client
audit-customer-edit = a modifié les données d’un client
audit-customer-labels = a modifié le classement d’un client
audit-customer-tags = a modifié les étiquettes d’un client
audit-customer-agreement = a consigné l’acceptation du contrat par un client
audit-customer-password-link = a créé pour un client un lien de choix du mot de passe
audit-customers-export = a exporté des clients
audit-note-add = a rédigé une note
audit-note-edit = a modifié une note
audit-note-remove = a supprimé une note
audit-tag-add = a créé une étiquette
audit-tag-edit = a modifié une étiquette
audit-tag-remove = a supprimé une étiquette
audit-job-finished = a mené à bien une tâche de fond
audit-member-add = a ajouté un membre de l’équipe
audit-partner-add = a créé ce compte partenaire
