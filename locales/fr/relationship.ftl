# Les mots des relations que plusieurs fonctions partagent.

# Les rôles d’annuaire qu’un client peut accorder, et ce que chacun permet.
directory-role-directory-reader = Lecteur de l’annuaire
directory-role-directory-reader-means = Voit les utilisateurs, les groupes et les domaines ; ne modifie rien.
directory-role-global-reader = Lecteur général
directory-role-global-reader-means = Voit tous les paramètres et tous les rapports ; ne modifie rien.
directory-role-service-support-admin = Administrateur du support
directory-role-service-support-admin-means = Ouvre et suit les demandes d’assistance de l’entreprise, et voit l’état de ses services.
directory-role-helpdesk-admin = Administrateur du service d’assistance
directory-role-helpdesk-admin-means = Réinitialise le mot de passe des personnes qui ne sont pas administrateurs et ferme leurs sessions.
directory-role-licence-admin = Administrateur des licences
directory-role-licence-admin-means = Attribue les licences aux personnes et les retire.
directory-role-user-admin = Administrateur des utilisateurs
directory-role-user-admin-means = Ajoute, modifie et supprime des personnes et des groupes, et réinitialise la plupart des mots de passe.
directory-role-billing-admin = Administrateur de la facturation
directory-role-billing-admin-means = Achète, gère les abonnements et voit les factures.
directory-role-exchange-admin = Administrateur de la messagerie
directory-role-exchange-admin-means = Gère les boîtes aux lettres, l’acheminement du courrier et les calendriers partagés.
directory-role-security-admin = Administrateur de la sécurité
directory-role-security-admin-means = Lit les rapports de sécurité et modifie les règles et les paramètres de sécurité.
directory-role-global-admin = Administrateur général
directory-role-global-admin-means = Peut tout faire, y compris accorder n’importe quel rôle à n’importe qui.
