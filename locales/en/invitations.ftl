# Invitations, as their sender sees them.

invites-title = Invitations
invites-new = New invitation
invites-bulk = Invite from a list
invites-search = Search invitations
invites-search-fields = Recipient, email, company or purpose
invites-none-title = No invitations yet
invites-none = Invite a company to become your customer, or ask a customer for delegated admin. Each invitation stays here with what became of it.
invites-nothing-search = No invitation has “{ $search }” in its recipient, email, company or purpose.
invites-search-all = Search all invitations
invites-acts = Actions
invites-acts-on = Actions for { $name }
invites-announce = { $count ->
    [one] One invitation
   *[other] { $shown } invitations
  }
invites-tab-all = All
invites-tab-waiting = Waiting
invites-tab-accepted = Accepted
invites-tab-declined = Declined
invites-tab-expired = Expired
invites-tab-drafts = Drafts
invites-tab-links = Open links

column-recipient = Recipient
column-expected = Company
column-kind = Asks for
column-state = State
column-invited = Created
column-sender = By
column-sent = Last sent
column-opened = Opened
column-expires = Expires
column-answered = Answered
column-language = Language
column-purpose = Purpose
column-note = Note

filter-state = State
filter-kind = Asks for
filter-sender = Sender
filter-language = Language
filter-link = Link

invite-state-draft = Draft
invite-state-sent = Sent
invite-state-opened = Opened
invite-state-accepted = Accepted
invite-state-declined = Declined
invite-state-expired = Expired
invite-state-revoked = Revoked

invite-kind-reseller = Reseller relationship
invite-kind-reseller-and-provider = Reseller and provider
invite-kind-delegated-admin = Delegated admin
invite-kind-partnership = Partnership
invite-kind-with = Reseller, with { $provider }
invite-kind-means-reseller = The company becomes your customer: you may sell to it, bill it and support it. It gives you no rights in its systems.
invite-kind-means-reseller-and-provider = The company becomes your customer and that of one of your providers, in one answer. It may also accept only one of the two.
invite-kind-means-delegated-admin = The company lets you administer its services, with the roles that you name and until a date. It does not make you its reseller.
invite-kind-means-partnership = A reseller is asked to work with you as its provider. No customers are shared by that.
invite-link-open = Open link
invite-link-personal = To one recipient
invite-open-link = Open link
invite-open-link-for = Open link: { $purpose }
invite-open-link-means = A link for many, for a website or an event. Whoever opens it enters an address and is sent an invitation of their own. You can revoke the link at any time.
invite-open-link-hint = Anyone with this link can ask for an invitation, until it expires or you revoke it.
invite-uses = { $count ->
    [0] not used yet
    [one] used once
   *[other] used { $shown } times
  }

invite-send = Send
invite-send-effect = The letter goes out at once.
invite-resend = Send again
invite-resend-effect = The recipient gets a new link. The old link stops working.
invite-renew = New link
invite-renew-effect = A new link with a new end. The old link stops working.
invite-remind = Remind
invite-remind-effect = The same link once more, in a new letter.
invite-revoke = Revoke
invite-revoke-effect = The link stops working, for good. Whoever opens it is told so.
invite-copy-link = Copy link
invite-off-reminded = Once a day at most: again from { $when }.
invite-off-draft = It has not been sent yet.
invite-off-accepted = It has been accepted.
invite-off-declined = It has been declined.
invite-off-expired = It has expired. Send it again first.
invite-off-revoked = It has been revoked.

invite-title = New invitation
invite-title-edit = Edit draft
invite-title-open = New open link
invite-for-customer = For { $company }
invite-which = What do you want to ask for?
invite-nothing-fits = There is nothing to ask this customer for at the moment.
invite-choose = Choose…
invite-field-provider = Provider
invite-field-recipient-name = Recipient’s name
invite-field-recipient-email = Recipient’s email
invite-field-company = Company
invite-field-language = Language of letter and page
invite-field-purpose = Purpose
invite-field-name = Name of the request
invite-field-note = Note for colleagues
invite-field-message = Your message
invite-field-roles = Roles
invite-field-duration-days = Duration
invite-field-auto-extend = Extend by six months at its end, again and again
invite-field-again = Send another invitation all the same
invite-provider-hint = Your customer also becomes a customer of this provider.
invite-company-hint = The company that you expect. If another one accepts, you are asked first.
invite-language-hint = The recipient can change it.
invite-name-hint = The customer sees it. Up to 50 characters, and unlike your other requests.
invite-roles-hint = Ask for as little as the work takes. The customer approves each role.
invite-days-hint = From 1 to 730 days, counted from the approval.
invite-days = days
invite-auto-extend-hint = Never possible together with the role Global admin.
invite-message-hint = It stands in the letter as your own words. What the invitation allows, its link and its end are always added.
invite-purpose-hint = Only you and your colleagues see it.
invite-purpose-open-hint = Only you and your colleagues see it: where the link is published, for instance.
invite-note-hint = The recipient never sees it.
invite-missing-recipient-email = Enter the recipient’s email.
invite-missing-company = Enter the company that you expect.
invite-missing-purpose = Enter a purpose or name.
invite-missing-language = Choose a language.
invite-missing-roles = Choose at least one role.
invite-missing-duration-days = Enter a duration from 1 to 730 days.
invite-missing-provider = Choose one of your providers.
invite-name-taken = Another request or relationship has this name. Choose another one.
invite-global-admin-extends = With the role Global admin, the rights cannot extend themselves. Leave out one or the other.
invite-again-missing = An invitation to this address is still waiting for an answer. Confirm that you want to send another one.
invite-already-customer = This customer’s relationship does not allow this kind of invitation. Go back and choose another kind.
invite-conflict = A colleague has changed this draft
invite-conflict-text = Nothing of yours is lost: your version is still in the form. Saving it replaces what your colleague wrote here:
invite-waiting = This address already has an invitation
invite-waiting-open = Open the invitation that waits for an answer
invite-preview-update = Update preview
invite-internal = For you and your colleagues
invite-make-link = Make the link
invite-by-hand = Only make the link
invite-by-hand-effect = “Only make the link” sends no letter: you pass the link on yourself.
invite-save = Save draft
invite-preview = The letter
invite-preview-link = The link is made when you send. It is for this recipient alone and cannot be edited.

invite-words-reseller = I would be glad to look after your subscriptions and licences. The page behind the button says what accepting allows us and what it does not.

    If anything is unclear, just answer this letter.
invite-words-reseller-and-provider = I would be glad to look after your subscriptions and licences, together with the provider that we work with. The page behind the button says what accepting allows each of us and what it does not.

    If anything is unclear, just answer this letter.
invite-words-delegated-admin = To help you with your systems we need the rights named below. You can grant all of them or only some, and withdraw them at any time.

    If anything is unclear, just answer this letter.
invite-words-partnership = I would be glad to work with you. The page behind the button says what a partnership with us allows and what it does not.

    If anything is unclear, just answer this letter.

role-means-directory-reader = Sees users, groups and licences, and changes nothing.
role-means-global-reader = Sees everything that a global admin sees, and changes nothing.
role-means-service-support-admin = Opens support requests and follows the health of services.
role-means-helpdesk-admin = Resets passwords of users who hold no admin role.
role-means-licence-admin = Assigns and removes licences.
role-means-user-admin = Creates, changes and removes users and groups.
role-means-billing-admin = Buys, and manages subscriptions and payments.
role-means-exchange-admin = Manages mail: mailboxes, rules, mail flow.
role-means-security-admin = Manages security settings and answers alerts.
role-means-global-admin = May do everything, also to other admins. Ask for it only where nothing less will do.

invite-one = Invitation
invite-step-created = Created
invite-step-sent = Sent
invite-step-reminded = Reminded
invite-step-opened = Opened
invite-step-expires = Expires
invite-step-answered = Answered
invite-extends = (extends itself)
invite-extends-not = (ends by itself)
invite-days-count = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
  }
invite-from-link = Came from
invite-part-reseller = Reseller relationship
invite-part-provider = Relationship with the provider
invite-part-admin = Delegated admin
invite-part-partnership = Partnership
invite-accepted-parts = Accepted
invite-written = In their words
invite-decision-confirmed = You confirmed the company
invite-decision-refused = You refused the company
invite-letter-invitation = Invitation
invite-letter-reminder = Reminder
invite-letter-answered = Notice of the answer
invite-letter-other = Notice
invite-fate-queued = In the queue
invite-fate-sent = Delivered to the mail server
invite-fate-dead = Could not be delivered
invite-mismatch = Another company than expected has accepted
invite-mismatch-text = It becomes your customer only once you confirm. If you refuse, it is told, and nothing else happens.
invite-confirm = Confirm this company
invite-refuse = Refuse
invite-do = What you can do
invite-mailto = Open in mail program
invite-link-hint = For this recipient alone: whoever has the link can answer.
invite-edit = Edit draft
invite-uses-title = Invitations from this link
invite-uses-none = Nobody has used this link yet.
invite-letter = The letter
invite-steps = What happened
invite-facts = Details
invite-letters = Letters
invite-letters-none = No letter has been sent for this invitation.

invite-bulk-intro = One letter for each line of a list. Nothing is sent before you have seen what would become of each line.
invite-bulk-lines = List
invite-bulk-lines-hint = One recipient per line: email, name, company, separated by tabs, semicolons or commas, as copied from a spreadsheet. Up to 1,000 lines.
invite-bulk-line = Line
invite-bulk-verdict = Result
invite-bulk-good = Will be sent
invite-bulk-left-out = Left out
invite-bulk-name-hint = The company is added to it, so that each request has a name of its own. Up to 30 characters.
invite-bulk-name-wrong = Enter a name of 1 to 30 characters; the company is added to it.
invite-bulk-empty = Paste at least one line.
invite-bulk-too-many = This list has more than 1,000 lines. Split it.
invite-bulk-check = Check the list
invite-bulk-check-again = Check again
invite-bulk-ready = { $count ->
    [0] No line can be sent
    [one] One invitation can be sent
   *[other] { $shown } invitations can be sent
  }
invite-bulk-ready-text = Lines that are left out stay unsent. You can correct them in the list below and check again.
invite-bulk-send = { $count ->
    [one] Send one invitation
   *[other] Send { $shown } invitations
  }
invite-line-email = This is not a valid email address.
invite-line-own = This address belongs to you or to the operator of this portal.
invite-line-name = The name is too long or has characters that nobody can see.
invite-line-company = The company is missing or too long.
invite-line-twice = This address stands in an earlier line.
invite-line-waiting = An invitation to this address is still waiting for an answer.
invite-line-named = There are too many requests of this name.
invite-line-active = This customer is active already.
invite-line-ended = The relationship with this customer has ended.
invite-line-gone = This customer was not found.
invite-customers-title = Invite customers
invite-customers-means-reseller = Goes to customers whose relationship has ended or is still pending. The others are left out.
invite-customers-means-delegated-admin = Goes to customers whose relationship has not ended. The others are left out.
invite-customers-rights = For delegated admin
invite-customers-effect = Each customer’s contact gets a letter in the customer’s language. Who already has an invitation waiting gets none.
invite-customers-send = Send the invitations
invite-job = Sending invitations
invite-job-sent = { $count ->
    [0] No invitation sent.
    [one] One invitation sent.
   *[other] { $shown } invitations sent.
  }
invite-job-left-out = { $count ->
    [one] One line was left out.
   *[other] { $shown } lines were left out.
  }
invite-job-failed = This stopped because of a fault. What was sent until then stays sent.
invite-job-more = Only the first 500 lines of each kind are shown.
invite-job-back = Back to invitations

flash-invite-sent = The invitation is on its way.
flash-invite-link = The link is ready: copy it from this page.
flash-invite-saved = The draft is saved.
flash-invite-no-draft = This invitation is no draft any more.
flash-invite-reminded = The reminder is on its way.
flash-invite-revoked = The invitation is revoked.
flash-invite-confirmed = The company is confirmed.
flash-invite-refused = The company is refused and will be told.
flash-invite-changed = Nothing was done: the invitation has changed in the meantime. This is how it stands now.
flash-invite-too-soon = Nothing was sent: one reminder a day at most.
