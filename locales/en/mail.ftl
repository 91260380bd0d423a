# Letters. Each says who writes, and why its reader gets it.

mail-greeting = Hello,
mail-greeting-name = Hello { $name },
mail-button-text = { $label }:
mail-button-plain = If the button does not work, open this address:
mail-fact = { $label }: { $value }
mail-quote-by = { $person } writes:
mail-writer-portal = This letter was written by the portal itself; nobody reads answers to it.
mail-writer-person = { $person } ({ $email }) writes for { $partner }, through the portal. An answer to this letter goes to { $person }.
mail-your-organisation = your organisation

mail-reset-subject = Choose a new password
mail-reset-text = A new password was asked for, for the account { $email }.
mail-reset-button = Choose a new password
mail-reset-life = The link works once, for 30 minutes. If another letter like this one follows, only the newest link works. All sessions end when the password is changed.
mail-reset-not-you = If it was not you, do nothing: your password stays as it is.
mail-reset-why = You get this letter because someone entered { $email } on the page for forgotten passwords.

mail-changed-subject = Your password was changed
mail-changed-text = The password of the account { $email } was changed on { $when }, and all its sessions have ended.
mail-changed-not-you = If it was you, there is nothing to do. If not, choose a new password at once and tell your administrator.
mail-changed-button = Ask for a new password
mail-changed-why = You get this letter because you have an account on this portal with the address { $email }.

mail-invitation-subject-reseller = { $partner } asks to be your reseller
mail-invitation-subject-delegated-admin = { $partner } asks to administer services of { $company }
mail-invitation-subject-partnership = { $partner } invites you to a partnership
mail-invitation-reminder-subject = Reminder: { $subject }
mail-invitation-reminder = This letter repeats an invitation that has no answer yet.
mail-invitation-text-reseller = { $partner } asks to become a reseller of { $company }. It could then sell to you, see what you bought through it, and look after your subscriptions and invoices.
mail-invitation-text-reseller-and-provider = { $partner } asks to become a reseller of { $company }, together with the provider that it buys from. They could then sell to you, see what you bought through them, and look after your subscriptions and invoices.
mail-invitation-text-delegated-admin = { $partner } asks for the right to administer services of { $company }, with the roles and for the time named below. You can end this at any time.
mail-invitation-text-partnership = { $partner } invites { $company } to work together as provider and reseller. No customer is shared by this alone.
mail-invitation-button = Read the invitation and answer
mail-invitation-reading = Reading it commits you to nothing: the page says what accepting allows and what it does not, and you can decline there, or say that it is not meant for you.
mail-invitation-keep = Keep this letter until you have answered. Whoever has the link can answer, so pass it on only to someone who may decide.
mail-invitation-why = You get this letter because { $person } entered your address { $email } in an invitation.

mail-fact-provider = Provider
mail-fact-roles = Roles
mail-fact-days = Duration
mail-fact-days-value = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
}
mail-fact-until = Open until
mail-fact-asked = Asked for

mail-asked-reseller = reseller relationship
mail-asked-reseller-and-provider = reseller relationship, with a provider
mail-asked-delegated-admin = delegated administration
mail-asked-partnership = partnership

mail-answered-accepted-subject = { $company } accepted your invitation
mail-answered-declined-subject = { $company } declined your invitation
mail-answered-accepted = { $person } accepted your invitation for { $company }.
mail-answered-declined = { $person } declined your invitation for { $company }.
mail-answered-mismatch = Another organisation than the one you expected has answered. Check who it is before you go on.
mail-answered-button = Open the invitation
mail-answered-why = You get this letter because you sent the invitation.

mail-fact-reason = Reason

mail-joined-subject = { $partner } and { $company }: accepted
mail-joined-text = You accepted for { $company } what { $partner } had asked for. It holds from now on, until one of you ends it.
mail-joined-waiting = You accepted for { $company } what { $partner } had asked for. As { $partner } had expected another company, it still has to confirm; you will be told.
mail-joined-why = You get this letter because you answered an invitation of { $partner }.
mail-refused-subject = { $partner } did not confirm
mail-refused-text = { $partner } had expected another company than { $company } and did not confirm your acceptance. Nothing has been agreed.
mail-again-subject = { $company } asks for a new invitation
mail-again-text = { $person } opened an invitation of yours that no longer works, and asks for a new one. You can send it again from its page.
mail-access-subject = Who has access to { $company }
mail-access-text = This link opens the page that shows every partner with a relationship to { $company } or with rights in its systems. You can end either there, and take your data along.
mail-access-button = See who has access
mail-access-life = The link works once, for 7 days. You can ask for another at any time.
mail-access-not-you = If you did not ask for it, do nothing; nobody has seen anything.
mail-access-why = You get this letter because you are a contact of { $company }.
mail-elsewhere-text = { $person } ({ $email }) accepted an invitation of { $partner } for { $company }. This address is not among those that we know for { $company }. If it was not in order, you can end the relationship at once.

mail-partnership-notice-subject = { $partner } ends the partnership with you
mail-partnership-notice-text = { $person } has given notice for { $partner }: the partnership ends on { $when }. Until then everything goes on as before. Afterwards both of you keep the customers that you have in common, but no new ones are created or invited together.
mail-partnership-kept-subject = { $partner } continues the partnership with you
mail-partnership-kept-text = { $person } has taken the notice back for { $partner }. The partnership goes on as before.
mail-partnership-ended-subject = The partnership with { $partner } has ended
mail-partnership-ended-text = The notice has run out. Both of you keep the customers that you had in common, and they can still be transferred. No new ones can be created or invited together.
mail-customers-gained-subject = { $provider } entrusts customers to you
mail-customers-gained-text = { $count ->
    [one] { $provider } now serves one more customer through you. You find it in your list; give it an owner.
   *[other] { $provider } now serves { $shown } more customers through you. You find them in your list; give each an owner.
}
mail-customers-lost-subject = { $provider } no longer serves some customers through you
mail-customers-lost-text = { $count ->
    [one] { $provider } now serves one of your customers without you. Your own record of it stays with your former customers, for reading.
   *[other] { $provider } now serves { $shown } of your customers without you. Your own records of them stay with your former customers, for reading.
}
mail-partnership-button = Open your partnerships
mail-partnership-why = You get this letter because you are an administrator of your partner account.
mail-reseller-changed-subject = { $after } is now your reseller
mail-reseller-changed-text = Your provider { $provider } now serves { $company } through { $after }; until now it was { $before }. What you have bought stays as it is.
mail-reseller-changed-rights = Rights to administer your systems that you had given to { $before } have ended. { $after } has none unless you grant them.
mail-reseller-changed-why = You get this letter because you are the contact of { $company } at { $provider }.
# The end of a relationship, to the customer.
mail-ended-subject = { $partner } has ended the relationship with { $company }
mail-ended-text = { $partner } has ended its relationship as a reseller with { $company }.
mail-ending-subject = { $partner } will end the relationship with { $company }
mail-ending-text = { $partner } will end its relationship as a reseller with { $company } on the date below. Until then nothing changes.
mail-left-subject = { $company } has left { $partner }
mail-left-text = As you decided, the relationship of { $company } with { $partner } has ended.
mail-leaving-subject = { $company } leaves { $partner }
mail-leaving-text = As you decided, the relationship of { $company } with { $partner } ends on the date below. Until then nothing changes.
mail-ended-effects = { $partner } can no longer order anything for you and no longer supports you. Rights to administer that you had granted it have ended too.
mail-ending-effects = From then on { $partner } can no longer order anything for you and no longer supports you. Rights to administer that you have granted it end too.
mail-ended-keeps = Your organisation, your people and your data stay yours, and so does what you have from others. You may work with any other partner.
mail-ended-why = You get this letter because { $partner } has your address as the contact of { $company }.
mail-fact-end = Ends
mail-kept-subject = Your relationship with { $partner } goes on
mail-kept-undone = The end of the relationship between { $partner } and { $company } has been undone. { $partner } may sell to you and support you as before. Rights to administer that had ended are not restored; they would need your approval again.
mail-kept-called-off = The end of the relationship between { $partner } and { $company } has been called off. Nothing changes.

# The same, to a partner’s people.
mail-notice-left-subject = { $company } leaves you
mail-notice-left = { $who } ended the relationship on behalf of { $company }.
mail-notice-provider-subject = Your provider ends the relationship with { $company }
mail-notice-provider = Your provider { $who } ends the relationship with { $company }, for you as well.
mail-notice-kept-subject = The relationship with { $company } goes on
mail-notice-kept-customer = { $who } took back the end of the relationship on behalf of { $company }.
mail-notice-kept-provider = Your provider { $who } took back the end of the relationship with { $company }.
mail-notice-asked-subject = { $who } asks you to end the relationship with { $company }
mail-notice-asked = Your reseller { $who } asks you to end the relationship with { $company }. Answer by ending it or with a reason why not.
mail-notice-refused-subject = Your provider does not end the relationship with { $company }
mail-notice-refused = Your provider { $who } does not end the relationship with { $company }, as you had asked.
mail-notice-reseller-left-subject = { $company } leaves your reseller
mail-notice-reseller-left = { $who } ended the relationship of { $company } with your reseller. Your own relationship with the customer goes on.
mail-notice-button = See the customer
mail-notice-why = You get this letter because your role looks after this customer.

# Delegated admin, to both sides.
mail-fact-name = Name
mail-access-ending-subject = { $count ->
    [one] { $partner }’s rights at { $company } end in { $shown } day
   *[other] { $partner }’s rights at { $company } end in { $shown } days
  }
mail-access-over-subject = { $partner }’s rights at { $company } have ended
mail-access-ending-partner = Your delegated admin at { $company } ends soon. To keep it, extend it or request the rights again.
mail-access-ending-customer = The rights to administer that you granted { $partner } at { $company } end soon. You need not do anything.
mail-access-extends-itself = The rights to administer of { $partner } at { $company } would end soon. They are extended automatically by six months on their last day, unless that is turned off or they are ended before.
mail-access-over-partner = Your delegated admin at { $company } has ended. What is over cannot be restored: request the rights again.
mail-access-over-customer = The rights to administer that you granted { $partner } at { $company } have ended. For new rights it has to ask you again.
mail-access-granted-subject = { $partner } may now administer { $company }
mail-access-granted = { $person } approved delegated admin of { $company } for { $partner }.
mail-access-extended-subject = { $partner }’s rights at { $company } are extended
mail-access-extended = { $person } ({ $partner }) extended the rights to administer { $company } by six months.
mail-access-extended-itself = The rights to administer { $company } of { $partner } were extended automatically by six months.
mail-access-ended-subject = { $partner }’s rights at { $company } have ended
mail-access-ended-partner = { $person } ({ $partner }) ended the rights to administer { $company } before their time. The relationship goes on.
mail-access-ended-customer = { $person } withdrew the rights to administer { $company } from { $partner }. The relationship goes on.
mail-rights-why = You get this letter because you granted { $partner } these rights on behalf of { $company }.

mail-referral-new-subject = New referral: { $about }
mail-referral-new-text = A referral waits for your answer until { $when }. Customers expect one within a day.
mail-referral-reminder-subject = Still waiting: { $about }
mail-referral-reminder-text = Nobody has answered this referral for { $days ->
    [one] a day
   *[other] { $days } days
  }. It expires on { $when }; then its sender is told, and it may go to another partner.
mail-referral-wants-call = The sender wants to be called.
mail-fact-referred-by = Referred by
mail-referral-need = the sender
mail-referral-masked = Company and contact are shown in the portal once you accept.
mail-referral-lead-why = You receive this because you look after referrals in your partner account, or because this address receives the leads of one of its locations.
mail-referral-assigned-subject = You were given a referral: { $about }
mail-referral-assigned-owner = { $person } has made you the owner of this referral.
mail-referral-assigned-team = { $person } has added you to the team of this referral.
mail-referral-assigned-why = You receive this because a colleague gave you a referral.
mail-referral-moved-received-subject = { $partner } has reopened your referral
mail-referral-moved-received-text = { $partner } had declined your referral of { $company } and is considering it again.
mail-referral-moved-accepted-subject = { $partner } accepted your referral
mail-referral-moved-accepted-text = { $partner } is working on your referral of { $company }.
mail-referral-moved-declined-subject = { $partner } declined your referral
mail-referral-moved-declined-text = { $partner } cannot take on your referral of { $company }. The reason is in the portal.
mail-referral-moved-expired-subject = { $partner } did not answer your referral
mail-referral-moved-expired-text = Nobody at { $partner } answered your referral of { $company } in time, and it has expired.
mail-referral-moved-won-subject = { $partner } won your referral
mail-referral-moved-won-text = { $partner } and { $company } have agreed to work together.
mail-referral-moved-lost-subject = { $partner } lost your referral
mail-referral-moved-lost-text = { $partner } marked your referral of { $company } as lost. The reason is in the portal.
# To a visitor of the directory, about its inquiry.
mail-inquiry-sent-subject = Your inquiry is on its way
mail-inquiry-sent-text = Your inquiry has gone to { $partners }.
mail-inquiry-sent-wait = They have 14 days to answer. They see what you need and your town; your name, company and contact details only once they have taken your inquiry on.
mail-inquiry-sent-nobody = We have your inquiry, but no partner in the directory fits it at the moment. You can look for partners in the directory yourself.
mail-inquiry-keep = Keep this letter: its link is the only way to your inquiry’s page, where you can also take it back.
mail-inquiry-not-you = If you did not send this inquiry, open the link and take it back.
mail-inquiry-accepted-subject = { $partner } takes on your inquiry
mail-inquiry-accepted = { $partner } takes on your inquiry and now has your contact details. They will get in touch with you.
mail-inquiry-declined-subject = { $partner } cannot take on your inquiry
mail-inquiry-declined = Thank you for writing to { $partner }. They cannot take on your inquiry, and have not been given your contact details.
mail-inquiry-expired-subject = { $partner } has not answered your inquiry
mail-inquiry-expired = { $partner } has not answered your inquiry within 14 days. They can no longer do so.
mail-inquiry-next = Your inquiry has moved on to { $partner }, who has 14 days to answer.
mail-inquiry-others = Other partners still have your inquiry and may answer.
mail-inquiry-nobody-left = Nobody else has your inquiry now. You can choose another partner in the directory.
mail-inquiry-button = See your inquiry
mail-inquiry-withdrawn-subject = An inquiry from { $city } was taken back
mail-inquiry-withdrawn = The visitor from { $city } has taken back the inquiry that you had not answered yet. You need not do anything.
mail-inquiry-why = You get this letter because an inquiry was sent from the partner directory with this address.

# Referrals between partners.
mail-offered-subject = { $partner } offers you a referral
mail-offered-text = { $partner } offers you a customer in { $city }. Accept it to learn who it is and to work with the customer. Others may be asked too: the first to accept gets it.
mail-offered-need = The need
mail-offered-until = Answer by
mail-gone-subject = A referral from { $partner } is no longer open
mail-gone-taken = Another reseller accepted it first. You need not do anything.
mail-gone-withdrawn = { $partner } has withdrawn it. You need not do anything.
mail-referral-button = Open the referral
mail-referral-why = You get this letter because your role looks after referrals.
mail-help-subject = { $partner } asks for your help: { $title }
mail-help-text = { $partner } invites you to work on “{ $title }” together. Accept it to learn who the customer is.
mail-help-wanted = Help wanted
mail-customer-asked-subject = { $reseller } won { $company }: please create the customer
mail-customer-asked-text = { $person } of { $reseller } won the referral that you handed over. Open it to create the customer account of { $company } for both of you.
mail-handover-over-subject = No reseller accepted: { $name }
mail-handover-over = Nobody accepted the referral in time, or all declined. You can hand it to others, or answer it yourself.
mail-handover-next = Nobody accepted the referral in time, or all declined. As you wished, it is now offered to { $partner }.
