# Ce qu’une acceptation permet à un partenaire, et ce qu’elle ne permet pas.

asked-reseller = { $partner } comme revendeur
asked-provider = { $partner } comme fournisseur de { $reseller }
asked-admin = Droits délégués à { $partner } : { $roles }
asked-partnership = Un partenariat avec { $partner }

allows-sell = vous proposer des produits et passer les commandes que vous demandez
allows-bill = vous facturer ce que vous commandez
allows-support = ouvrir et suivre pour vous des demandes d’assistance
allows-contacts = conserver les coordonnées de votre entreprise et de vos interlocuteurs
allows-supply = exécuter les commandes que vous passez à { $reseller }
allows-bill-reseller = facturer à { $reseller } ce que vous commandez
allows-roles = exercer ces droits dans vos systèmes : { $roles }
allows-until = les exercer pendant { $days } jours au plus ; vous pouvez les retirer à tout moment
allows-create = créer des clients pour vous, dont vous vous occuperez ensuite
allows-order = commander pour les clients que vous avez en commun

denies-admin = administrer vos systèmes ni voir vos données : ces droits se demandent à part
denies-exclusive = vous empêcher d’acheter ailleurs ni vous engager dans la durée : vous partez quand vous voulez
denies-others = voir ce que vous faites avec d’autres partenaires
denies-sell = vous vendre quoi que ce soit : c’est une relation à part
denies-more-roles = s’attribuer d’autres droits ni les garder plus longtemps
denies-customers = voir vos clients : aucun n’est partagé par ce seul fait
denies-end = mettre fin à vos autres partenariats ni reprendre vos clients
