# La page d’accès du client.

access-title = Qui a accès à { $company }
access-intro = Vous êtes ici en tant que { $name }. Chacun de ces partenaires ne voit que ce qu’il fait lui-même.
access-none-title = Aucun partenaire n’a accès
access-none = Il n’existe actuellement ni relation ni droit délégué.
access-former = Anciens partenaires
access-back = Retour à tous les partenaires
access-since = Depuis
access-ends = Fin
access-status-active = Active
access-status-ending = Prend fin
access-status-ended = Terminée
access-kind-reseller = Revendeur
access-kind-reseller-with = Revendeur, approvisionné par { $partner }
access-kind-provider = Fournisseur
access-kind-provider-of = Fournisseur, vend par { $partner }
access-rights = Droits délégués
access-rights-until = Jusqu’au { $date }.
access-rights-ended = Terminés le { $date }.
access-rights-extend = Prolongés de six mois en six mois tant que vous ne les retirez pas.
access-activity = Ce qu’il a fait
access-activity-text = Tout ce que ce partenaire a fait du compte de votre entreprise et de ses droits. Son organisation interne n’apparaît pas.
access-activity-none = Rien pour l’instant.
access-partner-title = { $partner }

access-ask-title = Voir qui a accès à votre entreprise
access-ask-text = Indiquez votre adresse e-mail. Si c’est celle d’un contact connu d’une entreprise, vous recevrez un lien vers sa page.
access-email = Votre adresse e-mail
access-ask-send = M’envoyer le lien
access-enter-text = Cette page montre tous les partenaires liés à l’entreprise ou dotés de droits délégués. Le lien fonctionne une fois ; la page reste ensuite ouverte deux heures dans ce navigateur.
access-enter = Ouvrir la page

access-leave = Quitter { $partner }
access-stay = Rester avec { $partner }
access-leave-title = Quitter { $partner }
access-leave-effects = Ce qui va se passer
access-leave-sell = { $partner } ne pourra plus rien vous vendre ni commander pour vous.
access-leave-support = { $partner } ne vous assistera plus et quittera vos contacts d’assistance.
access-leave-keep = Votre entreprise, ses personnes et ses données restent à vous ; vous pouvez acheter ailleurs.
access-leave-told = { $partner } voit que vous partez et reçoit votre motif par e-mail.
access-leave-rights = Les droits que vous lui aviez délégués prennent fin aussi.
access-leave-counterpart = { $partner } en est informé, car cette relation lui est commune.
access-notice = Quand ?
access-notice-now = Immédiatement
access-notice-days = Dans { $days } jours, le { $date }
access-notice-missing = Choisissez la date de fin de la relation.
access-reason = Pour quelle raison ?
access-reason-missing = Choisissez une raison.
access-reason-not-needed = Nous n’en avons plus besoin
access-reason-moves-on = Nous changeons de partenaire
access-reason-company-closed = L’entreprise ferme
access-reason-other = Une autre raison
access-note = Souhaitez-vous ajouter quelque chose à l’attention du partenaire ?

access-withdraw = Retirer…
access-withdraw-title = Retirer des droits à { $partner }
access-withdraw-now = { $partner } perd ces droits immédiatement.
access-withdraw-back = Ils ne reviennent pas : il faudrait une nouvelle demande et votre approbation.
access-withdraw-relationship = Votre relation avec { $partner } se poursuit.
access-withdraw-do = Retirer « { $name } »

access-archive-title = Vos données
access-archive-text = Tout ce qui est conservé sur { $company }, dans une seule archive : votre entreprise et ses contacts et, pour chaque partenaire, le compte, les contrats, les droits et ce qui a été fait.
access-archive-get = Télécharger l’archive
access-archive-readme = Tout ce qui est conservé sur { $company } au { $date }. organisation.json : l’entreprise et ses contacts. partners/ : un fichier par partenaire avec le compte, les contrats, les invitations, les droits, les fins et l’activité. Les notes de travail, étiquettes et responsables propres aux partenaires leur appartiennent et n’y figurent pas.
access-leave-page = Fermer la page

flash-access-mailed = Si cette adresse est celle d’un contact connu, un lien est en route. Consultez votre messagerie.
flash-access-link-over = Ce lien a déjà servi ou a expiré. Demandez-en un autre ici.
flash-access-over = Votre visite est terminée. Demandez un autre lien ici.
flash-access-ended = La page est fermée.
flash-access-left = C’est noté. Le partenaire en est informé.
flash-access-stayed = Vous restez. Le partenaire en est informé.
flash-access-withdrawn = Les droits sont retirés. Le partenaire en est informé.
flash-access-over-already = Rien n’a changé : c’était déjà terminé ou en train de l’être.
