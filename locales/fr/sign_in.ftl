# Connexion, déconnexion et choix d’un mot de passe par lien.

sign-in-title = Connexion
sign-in-intro = Utilisez votre compte professionnel.
sign-in-email = E-mail professionnel
sign-in-password = Mot de passe
sign-in-email-missing = Saisissez votre adresse e-mail.
sign-in-password-missing = Saisissez votre mot de passe.
sign-in-wrong = L’adresse e-mail et le mot de passe ne correspondent pas. Vérifiez-les et réessayez.
sign-in-submit = Se connecter
sign-in-forgotten = J’ai oublié mon mot de passe
sign-in-directory = Vous cherchez un partenaire ? Consultez l’annuaire
sign-in-wait-title = Trop de tentatives
sign-in-wait = { $count ->
    [one] Patientez { $shown } seconde, puis réessayez.
   *[other] Patientez { $shown } secondes, puis réessayez.
}
sign-in-ended-title = Votre session a pris fin
sign-in-ended = Reconnectez-vous pour continuer.
sign-in-held = Votre saisie est conservée, mots de passe exceptés. Reconnectez-vous et vous retrouverez votre formulaire.

resume-title = Votre formulaire est toujours là
resume-text = Votre session a pris fin avant l’arrivée du formulaire ; rien n’est encore enregistré.
resume-note = Affichez de nouveau le formulaire, vérifiez son contenu et envoyez-le.
resume-submit = Afficher mon formulaire
resume-discard = L’abandonner

forgotten-title = Mot de passe oublié
forgotten-text = Demandez à l’exploitant de ce portail un lien qui vous permettra de choisir un nouveau mot de passe.
forgotten-link = Ce lien sert une seule fois et pendant une durée limitée. Vous êtes la seule personne à connaître votre mot de passe actuel.
forgotten-form = Saisissez l’adresse avec laquelle vous vous connectez. Vous recevrez un message contenant un lien pour choisir un nouveau mot de passe.
forgotten-submit = M’envoyer un lien
forgotten-asked-title = Consultez votre messagerie
forgotten-asked = S’il existe un compte avec l’adresse { $email }, un message contenant un lien est en route. Ce lien ne sert qu’une fois, pendant 30 minutes.
forgotten-asked-nothing = Rien au bout de quelques minutes ? Regardez parmi les messages indésirables et vérifiez que c’est bien l’adresse avec laquelle vous vous connectez.
forgotten-back = Retour à la connexion

set-password-title = Choisir un mot de passe
set-password-for = Pour { $email }. Ce lien sert une seule fois.
set-password-new = Nouveau mot de passe
set-password-repeated = Répétez le nouveau mot de passe
set-password-hint = Au moins { $min } caractères. Quelques mots sans rapport entre eux se retiennent bien ; les espaces sont admises.
set-password-submit = Enregistrer le mot de passe

password-too-short = Choisissez un mot de passe plus long.
password-too-long = Choisissez un mot de passe plus court.
password-breached = Ce mot de passe figure dans des listes de mots de passe volés. Choisissez quelques mots sans rapport entre eux, sans votre nom ni votre adresse e-mail.
password-guessable = Ce mot de passe est facile à deviner. Choisissez quelques mots sans rapport entre eux, sans votre nom ni votre adresse e-mail.
password-different = Les deux mots de passe diffèrent. Saisissez deux fois le même.

flash-signed-out = Votre session est fermée.
flash-password-set = Votre mot de passe est enregistré. Utilisez-le pour vous connecter.
flash-password-changed = Votre mot de passe est modifié et toutes vos sessions ont pris fin. Connectez-vous avec le nouveau.
