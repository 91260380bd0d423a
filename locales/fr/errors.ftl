# Pages d’erreur : ce qui s’est passé et ce qu’il faut faire.

error-code = Erreur { $code }
error-retry = Réessayer
error-home = Aller à l’accueil
error-roles = Voir qui peut faire quoi
error-accounts = Changer de compte
error-reference = Si cela se reproduit, communiquez cette référence à votre administrateur :
error-reference-copy = Copier la référence

error-400-title = Cette demande n’a pas pu être comprise
error-400-text = Il y manquait quelque chose ou un élément était inattendu ; rien n’a été modifié. Revenez en arrière, rechargez la page et réessayez.
error-403-title = Cette action n’est pas permise
error-403-text = Rien n’a été modifié.
error-forged-text = Le formulaire ne provenait pas d’une page à jour de ce portail ; rien n’a été modifié. Revenez en arrière, rechargez la page et renvoyez-le.
error-404-title = Il n’y a rien à cette adresse
error-404-text = La page a peut-être été déplacée, le lien est incomplet ou n’est plus valable, ou bien ce qu’elle montrait appartient à un autre compte.
error-409-title = Ce formulaire a déjà été envoyé
error-409-text = Il était déjà arrivé avec un autre contenu ; rien n’a été modifié cette fois-ci. Ouvrez de nouveau la page et refaites-y votre modification.
error-413-title = C’est trop à la fois
error-413-text = Votre envoi dépasse la taille acceptée par ce portail ; rien n’a été modifié. Revenez en arrière, raccourcissez-le et renvoyez-le.
error-421-title = Ce n’est pas l’adresse du portail
error-421-text = Le portail répond sous un autre nom d’hôte. Vérifiez l’adresse ou demandez-la à votre administrateur.
error-429-title = Trop de tentatives
error-429-text = { $count ->
    [one] Patientez { $shown } seconde, puis réessayez.
   *[other] Patientez { $shown } secondes, puis réessayez.
}
error-500-title = Quelque chose a cédé de notre côté
error-500-text = Vous n’y êtes pour rien, et rien n’a été modifié. Réessayez.
error-503-title = De retour dans un instant
error-503-text = Comptoir est en cours de mise à jour ou très sollicité. Rien de ce que vous avez enregistré n’est perdu.
