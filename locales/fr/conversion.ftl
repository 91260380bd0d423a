# Une recommandation gagnée devient un client.

conversion-title = Créer le client
conversion-origin = Issu d’une recommandation
conversion-is-open = Cette recommandation n’est pas encore gagnée
conversion-is-done = Le compte client existe
conversion-is-invited = Le client est invité
conversion-is-own = Déjà votre client
conversion-is-known = Ce client a peut-être déjà un autre partenaire : demandez-lui
conversion-is-new = Prêt à devenir client
conversion-is-reseller = C’est votre fournisseur qui ajoute les clients
conversion-means-open = Marquez-la d’abord comme gagnée ; { $company } deviendra ensuite un client ici.
conversion-means-done = { $company } est issu de cette recommandation et lui est associé.
conversion-means-invited = Dès que { $company } accepte, le compte client apparaît et est associé à cette recommandation.
conversion-means-own = { $company } figure dans votre liste de clients. Associez les deux.
conversion-means-known = La plateforme connaît une organisation comme { $company }. C’est au client de dire si un autre partenaire s’en occupe. Invitez-le : s’il accepte, il devient aussi votre client.
conversion-means-new = Personne sur la plateforme n’a encore { $company } pour client.
conversion-means-reseller = Un revendeur indirect n’ajoute pas de clients lui-même. { $company } devient votre client par l’intermédiaire de l’un de vos fournisseurs.
conversion-act-create = Créer le client
conversion-act-invite = Rédiger l’invitation
conversion-act-link = Associer le client
conversion-act-ask = Demander au fournisseur
conversion-both = Inviter pour vous et { $provider }
conversion-create-text = Le formulaire s’ouvre avec ce que contient la recommandation. Vous le vérifiez, et le client accepte le contrat.
conversion-create-for = { $reseller } a gagné cette recommandation. Le formulaire s’ouvre avec ce qui est connu et crée le client pour vous deux.
conversion-invite-text = Un brouillon s’ouvre avec le destinataire, l’entreprise et le message. Vous l’envoyez quand il vous convient.
conversion-link-text = { $company } et cette recommandation renverront l’un à l’autre.
conversion-ask-text = { $provider } vous a confié cette recommandation. Il est prévenu par courriel et crée le client pour vous deux.
conversion-both-text = Un brouillon d’invitation s’ouvre : le client vous accepte comme revendeur, et { $provider } comme fournisseur.
flash-conversion-linked = La recommandation et le client sont associés.
flash-conversion-asked = Votre fournisseur a été sollicité par courriel.

audit-referral-customer = a associé une recommandation à un client
audit-referral-invite = a rédigé une invitation pour le client d’une recommandation
audit-referral-ask-provider = a demandé au fournisseur de créer un client
audit-referral-customer-asked = a demandé, pour le revendeur, de créer un client
