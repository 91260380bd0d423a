# Les courriels. Chacun dit qui écrit et pourquoi on le reçoit.

mail-greeting = Bonjour,
mail-greeting-name = Bonjour { $name },
mail-button-text = { $label } :
mail-button-plain = Si le bouton ne répond pas, ouvrez cette adresse :
mail-fact = { $label } : { $value }
mail-quote-by = { $person } vous écrit :
mail-writer-portal = Ce message a été envoyé par le portail lui-même ; personne ne lit les réponses.
mail-writer-person = { $person } ({ $email }) vous écrit au nom de { $partner }, par l’intermédiaire du portail. Si vous répondez à ce message, { $person } recevra votre réponse.
mail-your-organisation = votre organisation

mail-reset-subject = Choisissez un nouveau mot de passe
mail-reset-text = Un nouveau mot de passe a été demandé pour le compte { $email }.
mail-reset-button = Choisir un nouveau mot de passe
mail-reset-life = Ce lien ne sert qu’une fois, pendant 30 minutes. Si vous recevez un autre message comme celui-ci, seul le lien le plus récent fonctionne. Changer de mot de passe ferme toutes les sessions.
mail-reset-not-you = Si la demande ne vient pas de vous, ne faites rien : votre mot de passe reste inchangé.
mail-reset-why = Vous recevez ce message parce que l’adresse { $email } a été saisie sur la page des mots de passe oubliés.

mail-changed-subject = Votre mot de passe a été modifié
mail-changed-text = Le mot de passe du compte { $email } a été modifié le { $when } et toutes ses sessions ont été fermées.
mail-changed-not-you = Si c’était vous, vous n’avez rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe et prévenez votre administrateur.
mail-changed-button = Demander un nouveau mot de passe
mail-changed-why = Vous recevez ce message parce que vous avez un compte sur ce portail avec l’adresse { $email }.

mail-invitation-subject-reseller = { $partner } souhaite devenir votre revendeur
mail-invitation-subject-delegated-admin = { $partner } demande à administrer des services de { $company }
mail-invitation-subject-partnership = { $partner } vous propose un partenariat
mail-invitation-reminder-subject = Rappel : { $subject }
mail-invitation-reminder = Ce message vous rappelle une invitation restée sans réponse.
mail-invitation-text-reseller = { $partner } souhaite devenir revendeur de { $company }. Ce revendeur pourrait alors vous vendre des produits, voir vos achats passés par lui et suivre vos abonnements et vos factures.
mail-invitation-text-reseller-and-provider = { $partner } souhaite devenir revendeur de { $company }, avec le fournisseur auprès duquel il s’approvisionne. Ils pourraient alors vous vendre des produits, voir vos achats passés par eux et suivre vos abonnements et vos factures.
mail-invitation-text-delegated-admin = { $partner } demande le droit d’administrer des services de { $company }, avec les rôles et pour la durée indiqués ci-dessous. Vous pouvez y mettre fin à tout moment.
mail-invitation-text-partnership = { $partner } propose à { $company } de travailler ensemble comme fournisseur et revendeur. Cela ne suffit pas à partager des clients.
mail-invitation-button = Lire l’invitation et répondre
mail-invitation-reading = La lire ne vous engage à rien : la page indique ce que vous autoriseriez en acceptant et ce que vous n’autoriseriez pas. Vous pouvez y refuser, ou signaler que l’invitation ne vous est pas destinée.
mail-invitation-keep = Conservez ce message jusqu’à votre réponse. Toute personne qui dispose du lien peut répondre : ne le transmettez qu’à quelqu’un qui est en droit de décider.
mail-invitation-why = Vous recevez ce message parce que { $person } a saisi votre adresse { $email } dans une invitation.

mail-fact-provider = Fournisseur
mail-fact-roles = Rôles
mail-fact-days = Durée
mail-fact-days-value = { $count ->
    [one] { $shown } jour
   *[other] { $shown } jours
}
mail-fact-until = Ouverte jusqu’au
mail-fact-asked = Objet de la demande

mail-asked-reseller = relation de revendeur
mail-asked-reseller-and-provider = relation de revendeur, avec un fournisseur
mail-asked-delegated-admin = administration déléguée
mail-asked-partnership = partenariat

mail-answered-accepted-subject = { $company } a accepté votre invitation
mail-answered-declined-subject = { $company } a refusé votre invitation
mail-answered-accepted = { $person } a accepté votre invitation pour { $company }.
mail-answered-declined = { $person } a refusé votre invitation pour { $company }.
mail-answered-mismatch = L’organisation qui a répondu n’est pas celle que vous attendiez. Vérifiez de qui il s’agit avant de poursuivre.
mail-answered-button = Ouvrir l’invitation
mail-answered-why = Vous recevez ce message parce que vous avez envoyé cette invitation.

mail-fact-reason = Motif

mail-joined-subject = { $partner } et { $company } : c’est accepté
mail-joined-text = Vous avez accepté pour { $company } ce que demandait { $partner }. Cela vaut dès maintenant, jusqu’à ce que l’un de vous y mette fin.
mail-joined-waiting = Vous avez accepté pour { $company } ce que demandait { $partner }, qui attendait une autre entreprise et doit encore confirmer ; vous serez prévenu.
mail-joined-why = Vous recevez ce message parce que vous avez répondu à une invitation de { $partner }.
mail-refused-subject = { $partner } n’a pas confirmé
mail-refused-text = { $partner } attendait une autre entreprise que { $company } et n’a pas confirmé votre acceptation. Rien n’a été convenu.
mail-again-subject = { $company } demande une nouvelle invitation
mail-again-text = { $person } a ouvert l’une de vos invitations, qui ne fonctionne plus, et en demande une nouvelle. Vous pouvez la renvoyer depuis sa page.
mail-access-subject = Qui a accès à { $company }
mail-access-text = Ce lien ouvre la page qui montre tous les partenaires liés à { $company } ou dotés de droits dans ses systèmes. Vous pouvez y mettre fin aux uns comme aux autres et emporter vos données.
mail-access-button = Voir qui a accès
mail-access-life = Ce lien fonctionne une fois, pendant 7 jours. Vous pouvez en demander un autre à tout moment.
mail-access-not-you = Si vous n’avez rien demandé, ne faites rien ; personne n’a rien vu.
mail-access-why = Vous recevez ce message parce que vous êtes un contact de { $company }.
mail-elsewhere-text = { $person } ({ $email }) a accepté une invitation de { $partner } au nom de { $company }. Cette adresse n’est pas de celles que nous connaissons pour { $company }. Si ce n’était pas régulier, vous pouvez mettre fin à la relation immédiatement.

mail-partnership-notice-subject = { $partner } met fin à votre partenariat
mail-partnership-notice-text = { $person } a donné le préavis pour { $partner } : le partenariat prend fin le { $when }. D’ici là, rien ne change. Ensuite, chacun garde les clients que vous avez en commun, mais vous n’en créerez ni n’en inviterez plus ensemble.
mail-partnership-kept-subject = { $partner } poursuit votre partenariat
mail-partnership-kept-text = { $person } a retiré le préavis pour { $partner }. Le partenariat se poursuit comme avant.
mail-partnership-ended-subject = Le partenariat avec { $partner } a pris fin
mail-partnership-ended-text = Le préavis est arrivé à son terme. Chacun garde les clients que vous aviez en commun, et ils peuvent encore être transférés. Vous ne pouvez plus en créer ni en inviter ensemble.
mail-customers-gained-subject = { $provider } vous confie des clients
mail-customers-gained-text = { $count ->
    [one] { $provider } sert désormais un client de plus par votre intermédiaire. Il figure dans votre liste : désignez-lui un responsable.
   *[other] { $provider } sert désormais { $shown } clients de plus par votre intermédiaire. Ils figurent dans votre liste : désignez un responsable pour chacun.
}
mail-customers-lost-subject = { $provider } ne sert plus certains clients par votre intermédiaire
mail-customers-lost-text = { $count ->
    [one] { $provider } sert désormais l’un de vos clients sans vous. Votre fiche reste consultable parmi vos anciens clients.
   *[other] { $provider } sert désormais { $shown } de vos clients sans vous. Vos fiches restent consultables parmi vos anciens clients.
}
mail-partnership-button = Ouvrir vos partenariats
mail-partnership-why = Vous recevez ce message parce que vous administrez votre compte partenaire.
mail-reseller-changed-subject = { $after } est désormais votre revendeur
mail-reseller-changed-text = Votre fournisseur { $provider } sert désormais { $company } par l’intermédiaire de { $after } ; c’était jusqu’ici { $before }. Ce que vous avez acheté reste inchangé.
mail-reseller-changed-rights = Les droits d’administration que vous aviez accordés à { $before } ont pris fin. { $after } n’en a aucun tant que vous ne lui en accordez pas.
mail-reseller-changed-why = Vous recevez ce message parce que vous êtes le contact de { $company } chez { $provider }.
# La fin d’une relation, au client.
mail-ended-subject = { $partner } a mis fin à sa relation avec { $company }
mail-ended-text = { $partner } a mis fin à sa relation de revendeur avec { $company }.
mail-ending-subject = { $partner } mettra fin à sa relation avec { $company }
mail-ending-text = { $partner } mettra fin à sa relation de revendeur avec { $company } à la date indiquée. D’ici là, rien ne change.
mail-left-subject = { $company } a quitté { $partner }
mail-left-text = Comme vous l’avez décidé, la relation entre { $company } et { $partner } a pris fin.
mail-leaving-subject = { $company } quitte { $partner }
mail-leaving-text = Comme vous l’avez décidé, la relation entre { $company } et { $partner } prend fin à la date indiquée. D’ici là, rien ne change.
mail-ended-effects = { $partner } ne peut plus rien commander pour vous et n’assure plus votre support. Les droits d’administration que vous lui aviez accordés ont pris fin aussi.
mail-ending-effects = À partir de cette date, { $partner } ne pourra plus rien commander pour vous et n’assurera plus votre support. Les droits d’administration que vous lui avez accordés prendront fin aussi.
mail-ended-keeps = Votre organisation, vos utilisateurs et vos données restent les vôtres, tout comme ce que vous tenez d’autres partenaires. Vous pouvez travailler avec tout autre partenaire.
mail-ended-why = Vous recevez ce message parce que { $partner } connaît votre adresse comme contact de { $company }.
mail-fact-end = Fin
mail-kept-subject = Votre relation avec { $partner } continue
mail-kept-undone = La fin de la relation entre { $partner } et { $company } est annulée. Ce partenaire peut vous vendre et vous assister comme avant. Les droits d’administration échus ne sont pas rétablis : il faudrait de nouveau votre accord.
mail-kept-called-off = La fin de la relation entre { $partner } et { $company } est abandonnée. Rien ne change.

# De même, à l’équipe d’un partenaire.
mail-notice-left-subject = { $company } vous quitte
mail-notice-left = { $who } a mis fin à la relation au nom de { $company }.
mail-notice-provider-subject = Votre fournisseur met fin à la relation avec { $company }
mail-notice-provider = Votre fournisseur { $who } met fin à la relation avec { $company }, pour vous aussi.
mail-notice-kept-subject = La relation avec { $company } continue
mail-notice-kept-customer = { $who } est revenu sur la fin de la relation au nom de { $company }.
mail-notice-kept-provider = Votre fournisseur { $who } est revenu sur la fin de la relation avec { $company }.
mail-notice-asked-subject = { $who } vous demande de mettre fin à la relation avec { $company }
mail-notice-asked = Votre revendeur { $who } vous demande de mettre fin à la relation avec { $company }. Répondez en y mettant fin, ou en expliquant votre refus.
mail-notice-refused-subject = Votre fournisseur ne met pas fin à la relation avec { $company }
mail-notice-refused = Votre fournisseur { $who } ne met pas fin à la relation avec { $company }, comme vous l’aviez demandé.
mail-notice-reseller-left-subject = { $company } quitte votre revendeur
mail-notice-reseller-left = { $who } a mis fin à la relation entre { $company } et votre revendeur. Votre propre relation avec le client continue.
mail-notice-button = Voir le client
mail-notice-why = Vous recevez ce message parce que votre rôle vous confie ce client.

# L’administration déléguée, aux deux parties.
mail-fact-name = Nom
mail-access-ending-subject = { $count ->
    [one] Les droits du partenaire { $partner } chez { $company } prennent fin dans { $shown } jour
   *[other] Les droits du partenaire { $partner } chez { $company } prennent fin dans { $shown } jours
  }
mail-access-over-subject = Les droits du partenaire { $partner } chez { $company } ont pris fin
mail-access-ending-partner = Votre administration déléguée chez { $company } prend bientôt fin. Pour la conserver, prolongez-la ou demandez de nouveau les droits.
mail-access-ending-customer = Les droits d’administration que vous avez accordés à { $partner } chez { $company } prennent bientôt fin. Vous n’avez rien à faire.
mail-access-extends-itself = Les droits d’administration du partenaire { $partner } chez { $company } arrivent bientôt à échéance. Ils sont prolongés automatiquement de six mois le dernier jour, sauf si la prolongation est désactivée ou s’il y est mis fin avant.
mail-access-over-partner = Votre administration déléguée chez { $company } a pris fin. Ce qui est échu ne peut être rétabli : demandez de nouveau les droits.
mail-access-over-customer = Les droits d’administration que vous aviez accordés à { $partner } chez { $company } ont pris fin. Pour de nouveaux droits, ce partenaire doit vous les redemander.
mail-access-granted-subject = { $partner } peut désormais administrer { $company }
mail-access-granted = { $person } a approuvé l’administration déléguée chez { $company } par { $partner }.
mail-access-extended-subject = Les droits du partenaire { $partner } chez { $company } sont prolongés
mail-access-extended = { $person } ({ $partner }) a prolongé de six mois les droits d’administration chez { $company }.
mail-access-extended-itself = Les droits d’administration du partenaire { $partner } chez { $company } ont été prolongés automatiquement de six mois.
mail-access-ended-subject = Les droits du partenaire { $partner } chez { $company } ont pris fin
mail-access-ended-partner = { $person } ({ $partner }) a mis fin avant terme aux droits d’administration chez { $company }. La relation continue.
mail-access-ended-customer = { $person } a retiré à { $partner } les droits d’administration chez { $company }. La relation continue.
mail-rights-why = Vous recevez ce message parce que vous avez accordé ces droits à { $partner } au nom de { $company }.

mail-referral-new-subject = Nouvelle recommandation : { $about }
mail-referral-new-text = Une recommandation attend votre réponse jusqu’au { $when }. Les clients en attendent une dans la journée.
mail-referral-reminder-subject = Toujours en attente : { $about }
mail-referral-reminder-text = Personne n’a répondu à cette recommandation depuis { $days ->
    [one] un jour
   *[other] { $days } jours
  }. Elle expire le { $when } ; l’expéditeur en sera informé, et elle pourra aller à un autre partenaire.
mail-referral-wants-call = L’expéditeur souhaite être appelé.
mail-fact-referred-by = Recommandée par
mail-referral-need = l’expéditeur
mail-referral-masked = La société et le contact s’affichent dans le portail après votre acceptation.
mail-referral-lead-why = Vous recevez ce message parce que vous suivez les recommandations de votre compte partenaire, ou parce que cette adresse reçoit les demandes d’un de ses sites.
mail-referral-assigned-subject = Une recommandation vous est confiée : { $about }
mail-referral-assigned-owner = { $person } vous a confié le suivi de cette recommandation.
mail-referral-assigned-team = { $person } vous a ajouté à l’équipe de cette recommandation.
mail-referral-assigned-why = Vous recevez ce message parce qu’un collègue vous a confié une recommandation.
mail-referral-moved-received-subject = { $partner } a rouvert votre recommandation
mail-referral-moved-received-text = { $partner } avait décliné votre recommandation de { $company } et la réexamine.
mail-referral-moved-accepted-subject = { $partner } a accepté votre recommandation
mail-referral-moved-accepted-text = { $partner } travaille sur votre recommandation de { $company }.
mail-referral-moved-declined-subject = { $partner } a décliné votre recommandation
mail-referral-moved-declined-text = { $partner } ne peut pas prendre en charge votre recommandation de { $company }. Le motif est dans le portail.
mail-referral-moved-expired-subject = { $partner } n’a pas répondu à votre recommandation
mail-referral-moved-expired-text = Personne chez { $partner } n’a répondu à temps à votre recommandation de { $company } ; elle a expiré.
mail-referral-moved-won-subject = { $partner } a gagné votre recommandation
mail-referral-moved-won-text = { $partner } et { $company } ont décidé de travailler ensemble.
mail-referral-moved-lost-subject = { $partner } a perdu votre recommandation
mail-referral-moved-lost-text = { $partner } a marqué votre recommandation de { $company } comme perdue. Le motif est dans le portail.
# Au visiteur de l’annuaire, à propos de sa demande.
mail-inquiry-sent-subject = Votre demande est transmise
mail-inquiry-sent-text = Votre demande a été transmise à { $partners }.
mail-inquiry-sent-wait = Une réponse est possible pendant 14 jours. Seuls votre besoin et votre ville sont visibles ; votre nom, votre société et vos coordonnées ne le seront qu’une fois votre demande acceptée.
mail-inquiry-sent-nobody = Nous avons bien reçu votre demande, mais aucun partenaire de l’annuaire n’y correspond pour le moment. Vous pouvez chercher vous-même un partenaire dans l’annuaire.
mail-inquiry-keep = Conservez ce message : son lien est le seul accès à la page de votre demande, où vous pouvez aussi la retirer.
mail-inquiry-not-you = Si vous n’êtes pas à l’origine de cette demande, ouvrez le lien et retirez-la.
mail-inquiry-accepted-subject = { $partner } accepte votre demande
mail-inquiry-accepted = { $partner } accepte votre demande et dispose désormais de vos coordonnées. Vous serez contacté prochainement.
mail-inquiry-declined-subject = { $partner } ne peut pas donner suite à votre demande
mail-inquiry-declined = Merci d’avoir sollicité { $partner }, qui ne peut malheureusement pas donner suite à votre demande. Vos coordonnées ne lui ont pas été communiquées.
mail-inquiry-expired-subject = { $partner } n’a pas répondu à votre demande
mail-inquiry-expired = { $partner } n’a pas répondu à votre demande dans le délai de 14 jours et ne peut plus y répondre.
mail-inquiry-next = Votre demande a été transmise à { $partner }, qui dispose de 14 jours pour répondre.
mail-inquiry-others = D’autres partenaires ont encore votre demande et peuvent y répondre.
mail-inquiry-nobody-left = Plus aucun partenaire n’a votre demande. Vous pouvez en choisir un autre dans l’annuaire.
mail-inquiry-button = Voir votre demande
mail-inquiry-withdrawn-subject = Une demande de { $city } a été retirée
mail-inquiry-withdrawn = Le visiteur de { $city } a retiré sa demande, à laquelle vous n’aviez pas encore répondu. Vous n’avez rien à faire.
mail-inquiry-why = Vous recevez ce message parce qu’une demande a été envoyée depuis l’annuaire des partenaires avec cette adresse.

# Recommandations entre partenaires.
mail-offered-subject = { $partner } vous propose une recommandation
mail-offered-text = { $partner } vous propose un client à { $city }. Acceptez pour savoir de qui il s’agit et travailler avec ce client. D’autres peuvent aussi être sollicités : le premier qui accepte l’obtient.
mail-offered-need = Le besoin
mail-offered-until = Réponse avant le
mail-gone-subject = Une recommandation de { $partner } n’est plus disponible
mail-gone-taken = Un autre revendeur l’a acceptée avant vous. Vous n’avez rien à faire.
mail-gone-withdrawn = { $partner } l’a retirée. Vous n’avez rien à faire.
mail-referral-button = Ouvrir la recommandation
mail-referral-why = Vous recevez ce message parce que vous vous occupez des recommandations.
mail-help-subject = { $partner } sollicite votre aide : { $title }
mail-help-text = { $partner } vous invite à travailler ensemble sur « { $title } ». Acceptez pour savoir qui est le client.
mail-help-wanted = Aide souhaitée
mail-customer-asked-subject = { $reseller } a gagné { $company } : merci de créer le client
mail-customer-asked-text = { $person }, de { $reseller }, a gagné la recommandation que vous aviez confiée. Ouvrez-la pour créer le compte client de { $company } pour vous deux.
mail-handover-over-subject = Aucun revendeur n’a accepté : { $name }
mail-handover-over = Personne n’a accepté la recommandation à temps, ou tous l’ont refusée. Vous pouvez la confier à d’autres ou y répondre vous-même.
mail-handover-next = Personne n’a accepté la recommandation à temps, ou tous l’ont refusée. Comme vous le souhaitiez, elle est maintenant proposée à { $partner }.
