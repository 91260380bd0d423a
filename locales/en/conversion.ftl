# A won referral becomes a customer.

conversion-title = Create customer
conversion-origin = Came from a referral
conversion-is-open = This referral is not won yet
conversion-is-done = The customer account is there
conversion-is-invited = The customer is invited
conversion-is-own = Already your customer
conversion-is-known = The customer may be connected to another partner: ask it
conversion-is-new = Ready to become a customer
conversion-is-reseller = Your provider adds customers
conversion-means-open = Mark it as won first; then { $company } becomes a customer here.
conversion-means-done = { $company } came from this referral and is linked to it.
conversion-means-invited = Once { $company } accepts, the customer account appears and is linked to this referral.
conversion-means-own = { $company } is in your customer list. Link the two.
conversion-means-known = The platform knows an organisation like { $company }. Whether another partner serves it is for the customer to say. Invite it: if it accepts, it becomes your customer too.
conversion-means-new = Nobody on the platform has { $company } yet.
conversion-means-reseller = As an indirect reseller you do not add customers yourself. { $company } becomes your customer through a provider of yours.
conversion-act-create = Create customer
conversion-act-invite = Write the invitation
conversion-act-link = Link customer
conversion-act-ask = Ask the provider
conversion-both = Invite for you and { $provider }
conversion-create-text = The form opens with what the referral knows. You check it, and the customer accepts the agreement.
conversion-create-for = { $reseller } won this referral. The form opens with what is known and creates the customer for both of you.
conversion-invite-text = A draft opens with recipient, company and message. You send it when it is right.
conversion-link-text = { $company } and this referral will show each other.
conversion-ask-text = { $provider } handed you this referral. It is told by mail and creates the customer for both of you.
conversion-both-text = A draft of an invitation opens: the customer accepts you as its reseller and { $provider } as its provider.
flash-conversion-linked = The referral and the customer are linked.
flash-conversion-asked = Your provider has been asked by mail.

audit-referral-customer = linked a referral to a customer
audit-referral-invite = wrote an invitation for the customer of a referral
audit-referral-ask-provider = asked the provider to create a customer
audit-referral-customer-asked = asked, for the reseller, to create a customer
