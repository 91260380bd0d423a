# La page personnelle et le choix d’un compte partenaire.

me-title = Mon compte
me-profile = Profil
me-profile-save = Enregistrer le profil
me-name = Nom
me-name-missing = Saisissez votre nom, en 100 caractères au maximum.
me-language = Langue
me-time-zone = Fuseau horaire
me-time-zone-hint = Un nom comme Europe/Paris ou America/Toronto ; les heures sont affichées dans ce fuseau.
me-time-zone-unknown = Saisissez le nom d’un fuseau horaire, comme Europe/Paris ou UTC.
me-theme = Thème
theme-auto = Comme l’appareil
theme-light = Clair
theme-dark = Sombre

me-password = Mot de passe
me-password-text = Changer de mot de passe met fin à toutes vos sessions, y compris celle-ci.
me-password-current = Mot de passe actuel
me-password-wrong = Ce n’est pas votre mot de passe actuel.
me-password-save = Changer le mot de passe

me-sessions = Sessions
me-sessions-caption = Vos sessions ouvertes
me-session-device = Appareil
me-session-unknown = Appareil inconnu
me-session-started = Connexion
me-session-seen = Dernière utilisation
me-session-actions = Actions
me-session-current = Celle-ci
me-session-end = Mettre fin
me-session-end-which = à la session du { $when }
me-sessions-end = Mettre fin à toutes les autres sessions
flash-session-ended = La session a pris fin.
flash-sessions-ended = Toutes vos autres sessions ont pris fin.

accounts-title = Choisir un compte
accounts-intro = Chaque compte partenaire a ses propres clients, et vous avez dans chacun vos propres rôles.
accounts-list = Vos comptes partenaires
accounts-none-title = Pas encore de compte partenaire
accounts-none = Vous n’êtes membre d’aucun compte partenaire. Demandez à un administrateur du vôtre de vous y ajouter.
