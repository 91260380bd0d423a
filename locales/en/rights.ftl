# What accepting allows a partner, and what it does not.

asked-reseller = { $partner } as your reseller
asked-provider = { $partner } as the provider that supplies { $reseller }
asked-admin = Delegated rights for { $partner }: { $roles }
asked-partnership = A partnership with { $partner }

allows-sell = offer you products and place orders that you ask for
allows-bill = send you invoices for what you order
allows-support = open and follow support requests for you
allows-contacts = keep your company’s details and contact persons
allows-supply = carry out the orders that you place with { $reseller }
allows-bill-reseller = invoice { $reseller } for what you order
allows-roles = use these rights in your systems: { $roles }
allows-until = use them for { $days } days at most; you can withdraw them at any time
allows-create = create customers on your behalf, which you then look after
allows-order = order for the customers that you have in common

denies-admin = administer your systems or see your data: such rights are asked for separately
denies-exclusive = stop you from buying elsewhere, or bind you for any time: you can leave whenever you want
denies-others = see what you do with other partners
denies-sell = sell you anything: that is a relationship of its own
denies-more-roles = give itself further rights or keep them longer
denies-customers = see your customers: none is shared by this alone
denies-end = end your other partnerships or take your customers over
