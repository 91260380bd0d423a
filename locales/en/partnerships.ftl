# Partnerships between indirect providers and indirect resellers.

nav-resellers = Resellers
nav-providers = Providers

partnerships-intro-provider = Resellers that sell to customers in your supply. A partnership shares no customer by itself.
partnerships-intro-reseller = Providers that supply what you sell. A partnership shares no customer by itself.
partnerships-none-title-provider = No resellers yet
partnerships-none-title-reseller = No providers yet
partnerships-none-provider = Invite a reseller: once it accepts, you can add customers on its behalf.
partnerships-none-reseller = A provider invites you by mail. Once your global admin accepts, the provider appears here and you can invite customers together.
partnerships-nothing-title = Nothing here
partnerships-nothing-search = No name among these contains “{ $search }”.
partnerships-nothing-tab = There is no partnership in this state.
partnerships-show-current = Show current partnerships
partnerships-tabs = Partnerships by state
partnerships-tab-current = Current
partnerships-tab-notice = Ending
partnerships-tab-ended = Ended
partnerships-search-provider = Search resellers
partnerships-search-reseller = Search providers
partnerships-search-fields = Name
partnerships-search-go = Search
partnerships-name = Name
partnerships-state = State
partnerships-since = Partners since
partnerships-in-common = Customers in common
partnerships-acts = Actions
partnerships-customers = View customers
partnerships-add-provider = Add customer
partnerships-add-reseller = Invite new customers
partnerships-transfer = Transfer customers
partnerships-end = End partnership
partnerships-end-look = About the end
partnerships-until = Until { $when }
partnerships-ended-on = { $when }
partnerships-notice-given = { $partner } ends the partnership with you on { $when }.
partnerships-notice-reason = Reason given: { $reason }
partnerships-why-customers = New customers:
partnerships-why-end = Ending a partnership:
partnerships-pending = Invitations without an answer
partnerships-pending-more = There are more among your invitations.
partnerships-company = Company
partnerships-open-until = Open until
partnerships-invite = Invite a reseller
partnerships-invited-sent = Sent
partnerships-invited-opened = Opened
partnerships-invited-expired = Expired

partnership-state-active = Active
partnership-state-notice = Ending
partnership-state-ended = Ended

partnership-confirm = I may bind { $account }, and I authorise { $partner } as its indirect provider.
partnership-confirm-missing = Tick this box to accept, or decline.
partnership-accept = Authorise { $partner }
partnership-decline-reason = Why do you decline?
partnership-decline-hint = { $partner } reads what you write here.
partnership-to-providers = To your providers
partnership-over-connected = You and { $partner } are partners
partnership-over-connected-text = Since { $when }. There is nothing left to answer.
partnership-over-accepted = This invitation has been accepted
partnership-over-accepted-text = It can be accepted once only. If it was not for your account, ask { $partner } for an invitation of your own.
partnership-over-cloud = { $partner } is in another cloud
partnership-over-cloud-text = Partnerships do not cross clouds.
flash-partnership-accepted = You are partners now. The provider has been told.
flash-partnership-declined = You have declined. The provider has been told.
partnership-choose-title = Choose the account that answers
partnership-choose-intro = You belong to several accounts that { $partner } could work with.
partnership-choose-none-title = No account of yours can answer
partnership-choose-none = { $partner } invites an indirect reseller in its own cloud. You belong to none: pass the mail on to whoever does, or ask your platform’s operator for such an account.

partnership-end-title = End the partnership with { $partner }
partnership-end-button = End the partnership with { $partner }
partnership-cancel = Keep the partnership
partnership-changes = What changes
partnership-stays = What stays
partnership-effect-provider-customers-stay = The customers in common stay: you keep your account of each, { $partner } keeps its own.
partnership-effect-reseller-customers-stay = The customers in common stay: you keep your account of each, { $partner } keeps its own and goes on supplying them.
partnership-effect-provider-admin-stays = Rights to administer that customers have given to you or to { $partner } are not touched.
partnership-effect-reseller-admin-stays = Rights to administer that customers have given to you or to { $partner } are not touched.
partnership-effect-provider-records-stay = Notes, tags and activity of each side stay where they are, and hidden from the other.
partnership-effect-reseller-records-stay = Notes, tags and activity of each side stay where they are, and hidden from the other.
partnership-effect-provider-no-new-customers = From that day you can no longer add customers on behalf of { $partner }.
partnership-effect-reseller-no-new-customers = From that day { $partner } can no longer add customers on your behalf, and you can no longer invite customers together.
partnership-effect-provider-invitations-revoked = Unanswered invitations in which { $partner } asks customers for both of you are revoked on that day.
partnership-effect-reseller-invitations-revoked = Your unanswered invitations that ask customers for both of you are revoked on that day.
partnership-effect-provider-transfer = You can transfer customers to another of your resellers, before and after that day. They are told by mail.
partnership-effect-reseller-transfer = You can invite customers to go on with you and another of your providers, before and after that day. They decide.
partnership-effect-provider-other-told = The administrators of { $partner } are told at once, and both sides on the day.
partnership-effect-reseller-other-told = The administrators of { $partner } are told at once, and both sides on the day.
partnership-customers = { $count ->
    [0] There are no customers in common.
    [one] One customer in common is concerned:
   *[other] { $shown } customers in common are concerned:
  }
partnership-customers-many = More than { $shown } customers in common are concerned:
partnership-notice = Notice
partnership-notice-days = { $count } days, until { $when }
partnership-notice-missing = Choose one of the periods of notice.
partnership-reason = Reason
partnership-reason-hint = { $partner } reads what you write here.
partnership-reason-missing = Say why you end the partnership.
partnership-type-name = To confirm, type the name: { $partner }
partnership-name-wrong = Type the name of the partner exactly as it is shown.
partnership-noticed-ours = You have given notice: the partnership ends on { $when }
partnership-noticed-theirs = { $partner } has given notice: the partnership ends on { $when }
partnership-noticed-ended = The partnership ended on { $when }
partnership-take-back = Take the notice back
flash-partnership-noticed = Notice is given. The other side has been told.
flash-partnership-kept = The notice is taken back. The other side has been told.
flash-partnership-changed = Nothing was changed: the partnership is in another state by now.

audit-partnership-accept = accepted a partnership
audit-partnership-decline = declined a partnership
audit-partnership-notice = gave notice of the end of a partnership
audit-partnership-take-back = took back the notice of a partnership’s end
audit-partnership-end = ended a partnership whose notice ran out
field-partner = Partner
field-notice-ends = Ends on
field-notice-reason = Reason for the notice

transfer-title-provider = Transfer customers of { $partner }
transfer-title-reseller = Go on without { $partner }
transfer-intro-provider = The customers stay yours and are served through another of your resellers.
transfer-intro-reseller = You invite customers to go on with you and another of your providers. They decide.
transfer-nobody-title-provider = There is no other reseller
transfer-nobody-title-reseller = There is no other provider
transfer-nobody-text-provider = Customers can be transferred once another reseller is your partner.
transfer-nobody-text-reseller = Customers can be asked once another provider is your partner.
transfer-search-customers = Find customers
transfer-search-provider = Find resellers
transfer-search-reseller = Find providers
transfer-no-customers = No customer in common matches.
transfer-which = Which customers?
transfer-more = There are more: search for them, or take all.
transfer-all = All customers in common that match the search, 500 at most at once
transfer-to-provider = To which reseller?
transfer-to-reseller = With which provider?
transfer-review = Review
transfer-back = Cancel
transfer-none = Tick at least one customer, or take all.
transfer-too-many = Choose fewer customers at once.
transfer-nobody-provider = Choose the reseller that takes the customers over.
transfer-nobody-reseller = Choose the provider with whom you go on.
transfer-count = { $count ->
    [one] One customer
   *[other] { $shown } customers
  }
transfer-effects = What happens
transfer-effect-provider-sell = { $to } looks after these customers from now on, supplied by you. What they have bought stays.
transfer-effect-provider-record = { $to } gets an account of each with the company’s details and contact as you have them.
transfer-effect-provider-hidden = Notes, tags and activity of { $from } stay with { $from }, as former customers, for reading. Neither learns who the other is.
transfer-effect-provider-rights = Rights to administer that these customers gave to { $from } end. { $to } has none unless they grant them.
transfer-effect-provider-told = Each customer is told by mail, in its language; so are the administrators of { $from } and { $to }.
transfer-effect-reseller-sell = Each customer is asked by mail whether it goes on with you, supplied by { $to }.
transfer-effect-reseller-record = Who accepts becomes a customer of { $to } too, and your account of it names { $to }. Who declines stays as it is.
transfer-effect-reseller-hidden = { $from } keeps its own account of each customer until it ends the relationship itself, or the customer does.
transfer-effect-reseller-rights = Rights to administer are not touched.
transfer-effect-reseller-told = The invitations appear in your list, and you are told each answer. Customers without a mail address, or with such an invitation waiting, are left out.
transfer-run-provider = Transfer customers to { $to }
transfer-run-reseller = Invite customers to { $to }
transfer-moved = { $count ->
    [0] No customer was transferred to:
    [one] One customer was transferred to:
   *[other] { $shown } customers were transferred to:
  }
transfer-not-moved = { $count ->
    [one] One customer was not transferred
   *[other] { $shown } customers were not transferred
  }
transfer-why = Why
transfer-problem-ending = The relationship with it is about to end.
transfer-problem-not-taken = The reseller cannot take it over as things stand. Ask the reseller.
transfer-problem-elsewhere = It was no longer among the customers in common.
transfer-message = We would like to go on serving you, supplied by { $partner } from now on. Please tell us whether you agree.
flash-transfer-asked = The invitations are sent. You find them here, with each answer.
audit-customer-transfer = transferred a customer to another reseller
audit-customer-entrust = entrusted a customer to this account
