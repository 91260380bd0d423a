# Delegated admin: rights that a customer granted.

admin-request = Request rights
admin-pending = { $recipient } has not answered your request for rights
admin-pending-see = See the request
admin-none = No delegated admin
admin-none-text = You may sell to this customer but not administer its services. It has to grant you the rights.
admin-state-active = Active
admin-state-expiring = Ends soon
admin-state-expired = Over
admin-state-ended = Ended
admin-left-days = { $count ->
    [one] { $shown } day left
   *[other] { $shown } days left
  }
admin-left-hours = { $count ->
    [one] { $shown } hour left
   *[other] { $shown } hours left
  }
admin-since = Since
admin-until = Until
admin-approved-by = Approved by
admin-auto = Automatic extension
admin-auto-on = On
admin-auto-off = Off
admin-auto-start = Turn automatic extension on
admin-auto-stop = Turn automatic extension off
admin-note = Note
admin-with-relationship = These rights end with the relationship.
admin-rights = Rights
admin-extend = Extend by six months
admin-extend-off = It cannot be extended.
admin-not-extended-over = It is over, and what is over cannot be restored. Request the rights again.
admin-not-extended-global-admin = It includes Global admin, for which the customer decides anew each time.
admin-not-extended-relationship-ends = The end of the relationship is scheduled.
admin-not-extended-too-far = It would last more than two years from today.
admin-end = End these rights
admin-past = Earlier rights
admin-ended-partner = Ended by you on { $date }
admin-ended-customer = Withdrawn by the customer on { $date }
admin-ended-relationship = Ended with the relationship on { $date }
admin-ended-time = Ran out on { $date }
admin-end-title = End the rights “{ $name }”
admin-end-effect-now = You lose these rights at once, not on { $until }:
admin-end-effect-final = This cannot be undone. For new rights the customer has to approve a new request.
admin-end-effect-relationship = The relationship with { $company } goes on: you may still sell and support.
admin-end-effect-told = Whoever approved the rights is told by email.
admin-end-go = End the rights “{ $name }”

admins-title = Delegated admin
admins-text = Rights to administer that your customers granted you, in the order in which they end.
admins-tab-holds = Active
admins-tab-expiring = Expiring in 30 days
admins-tab-over = Ended
admins-none = Nothing here
admins-none-text = Rights are requested on a customer’s page, under Access, and begin when the customer approves.
admins-customer = Customer
admins-left = Time left
admins-how-ended = How it ended
admins-extended-title = Extension by six months
admins-extended = Extended
admins-not-extended = Not extended
admins-extended-until = Until { $date }
admins-result = Result
admins-details = Details
admins-result-done = { $count ->
    [0] Nothing was extended
    [one] { $shown } was extended
   *[other] { $shown } were extended
  }
admins-result-failed = { $count ->
    [one] { $shown } was not; the list says why.
   *[other] { $shown } were not; the list says why.
  }
admins-result-more = Only the first 500 are listed, those that were not extended first.
admins-back = Back to delegated admin

flash-admin-extended = Extended by six months. Both sides are told by email.
flash-admin-ended = The rights have ended. The customer is told by email.
flash-admin-changed = This has changed meanwhile. This is how it stands now.
