# The customer's access page.

access-title = Who has access to { $company }
access-intro = You are here as { $name }. Each partner below sees only what it does itself.
access-none-title = No partner has access
access-none = There is no relationship and no delegated right at the moment.
access-former = Former partners
access-back = Back to all partners
access-since = Since
access-ends = Ends
access-status-active = Active
access-status-ending = Ending
access-status-ended = Ended
access-kind-reseller = Reseller
access-kind-reseller-with = Reseller, supplied by { $partner }
access-kind-provider = Provider
access-kind-provider-of = Provider, sells through { $partner }
access-rights = Delegated rights
access-rights-until = Until { $date }.
access-rights-ended = Ended on { $date }.
access-rights-extend = Extended by six months at a time unless you withdraw them.
access-activity = What it did
access-activity-text = Everything this partner did with your company’s account and its rights. How it organises its own work is not shown.
access-activity-none = Nothing yet.
access-partner-title = { $partner }

access-ask-title = See who has access to your company
access-ask-text = Enter your mail address. If it is known as a contact of a company, you get a link to its page.
access-email = Your mail address
access-ask-send = Send me the link
access-enter-text = The page shows every partner with a relationship or with delegated rights. The link works once; the page then stays open for two hours in this browser.
access-enter = Open the page

access-leave = Leave { $partner }
access-stay = Stay with { $partner }
access-leave-title = Leave { $partner }
access-leave-effects = What happens
access-leave-sell = { $partner } can no longer sell to you or order for you.
access-leave-support = { $partner } no longer supports you and leaves your support contacts.
access-leave-keep = Your company, its people and its data stay yours; you can buy elsewhere.
access-leave-told = { $partner } sees that you leave, and gets your reason by mail.
access-leave-rights = Delegated rights that you granted it end too.
access-leave-counterpart = { $partner } is told: it shares this relationship.
access-notice = When?
access-notice-now = At once
access-notice-days = In { $days } days, on { $date }
access-notice-missing = Choose when the relationship ends.
access-reason = Why?
access-reason-missing = Choose a reason.
access-reason-not-needed = We don’t need it any more
access-reason-moves-on = We move to another partner
access-reason-company-closed = The company closes
access-reason-other = Another reason
access-note = Anything to add for the partner?

access-withdraw = Withdraw…
access-withdraw-title = Withdraw rights of { $partner }
access-withdraw-now = { $partner } loses these rights at once.
access-withdraw-back = They do not come back: it would have to ask again, and you would have to approve.
access-withdraw-relationship = Your relationship with { $partner } goes on.
access-withdraw-do = Withdraw “{ $name }”

access-archive-title = Your data
access-archive-text = Everything that is held about { $company }, as one archive: your company and its contacts, and of each partner the account, the agreements, the rights and what was done.
access-archive-get = Download the archive
access-archive-readme = Everything held about { $company } on { $date }. organisation.json: the company and its contacts. partners/: a file for each partner with the account, agreements, invitations, rights, ends and activity. Partners’ own working notes, tags and owners are theirs and not included.
access-leave-page = Close the page

flash-access-mailed = If this address is known as a contact, a link is on its way. Please look in your mail box.
flash-access-link-over = This link has been used or has expired. Ask for another one here.
flash-access-over = Your visit has ended. Ask for another link here.
flash-access-ended = The page is closed.
flash-access-left = Noted. The partner has been told.
flash-access-stayed = You stay. The partner has been told.
flash-access-withdrawn = The rights are withdrawn. The partner has been told.
flash-access-over-already = Nothing was changed: it had ended or was ending already.
