# A provider hands a referral to its resellers: the first to accept gets it.

handover-title = Hand over to resellers
handover-intro = Each reseller you choose sees the need and the place, not who it is about. The first to accept gets the referral with all its details, and the others are told that it is gone.
handover-back = Back to the referral
handover-number = Referral { $number }
handover-problem-over = This referral is closed, so it cannot be handed over.
handover-problem-received = Another partner sent you this referral: it stays between the two of you.
handover-problem-not-allowed = The sender wants an answer from you alone. Accept the referral first; then agree with the customer who takes over.
handover-problem-open = It is already offered to resellers. Wait for their answer, or withdraw that first.
handover-problem-accepted = A reseller already works on it.
handover-nobody-title = No reseller to hand it to
handover-nobody = Invite a reseller to a partnership first. Only active resellers appear here.
handover-search = Find a reseller by name
handover-search-go = Search
handover-resellers = Which resellers?
handover-resellers-hint = One, or several of whom the first to accept gets it; 20 at most.
handover-resellers-missing = Choose at least one reseller.
handover-resellers-many = Choose 20 resellers at most.
handover-none-found = No active reseller has this in its name.
handover-more = There are more: search by name. Those you have ticked stay chosen.
handover-since = Partners since { $when }
handover-message = Message
handover-message-hint = The resellers read it before they accept, so do not name the customer here.
handover-time = Time to answer
handover-days = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
  }
handover-days-missing = Choose from 1 to 14 days.
handover-next = Offer it to the next reseller if nobody accepts
handover-next-hint = Another of your active resellers is chosen by the platform’s routing rules.
handover-send = Hand over
handover-show-title = Hand-over
handover-offers = Resellers
handover-notes = Notes from resellers
handover-facts = Details
handover-referral = Referral
handover-when = Handed over
handover-until = To be answered by
handover-then = If nobody accepts
handover-reseller = Reseller
handover-state = State
handover-value = Expected value
handover-close = Expected by
handover-state-open = Waiting for an answer
handover-state-won = Accepted
handover-state-withdrawn = Withdrawn
handover-state-over = Nobody accepted
handover-opened = Opened { $when }
handover-unopened = Not opened yet
handover-withdraw = Withdraw
handover-again = Hand over to others
handover-next-steps = Between partners
handover-refused-apart = Your partnership with the provider has ended, so this referral cannot be accepted any more.
flash-handover-made = The referral is handed over. The resellers have been told.
flash-handover-withdrawn = The hand-over is withdrawn. The resellers have been told.
flash-handover-decided = Nothing was changed: the hand-over is decided already.

shared-state-received = Received
shared-state-accepted = Accepted
shared-state-won = Won
shared-state-lost = Lost
shared-state-declined = Declined
shared-state-expired = Expired
shared-state-taken = Another was first
shared-state-withdrawn = Withdrawn

handovers-title = Hand-overs
handovers-intro = What you have handed to resellers, newest first.
handovers-report = By reseller
handovers-tabs = Hand-overs by state
handovers-tab-all = All
handovers-tab-open = Waiting
handovers-tab-won = Accepted
handovers-tab-over = Nobody accepted
handovers-none-title = No hand-overs here
handovers-none = Open a referral and choose “Hand over to resellers”.
handovers-none-period = Nothing was handed over in this period.
handovers-back = See referrals
handovers-others = { $count ->
    [one] and { $shown } other
   *[other] and { $shown } others
  }
handovers-report-title = Hand-overs by reseller
handovers-report-intro = What each reseller made of the referrals that you offered it in the period. Acceptance counts what it could have answered: not what another took first, or you took back.
handovers-file = Download as CSV
handovers-period-label = Period
handovers-period = Last { $shown } days
handovers-period-show = Show
handovers-sum = All resellers
handovers-more = The 200 resellers with the most offers are shown. The file has them all.
handovers-percent = { $value } %
handovers-offered = Offered
handovers-accepted = Accepted
handovers-declined = Declined
handovers-expired = Expired
handovers-gone = Taken or withdrawn
handovers-won = Won
handovers-lost = Lost
handovers-acceptance = Acceptance
handovers-win-rate = Win rate
handovers-hours = Median answer
handovers-hours-value = { $shown } h

audit-referral-hand-over = handed a referral to resellers
audit-referral-handed-over = accepted a referral that was handed over
audit-referral-withdraw = withdrew a referral that was handed over
audit-referral-withdrawn = withdrew a referral that it had offered
audit-referral-taken = accepted a referral before this account did

nav-referrals = Referrals
