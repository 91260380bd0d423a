# A customer's page.

customer-switch = Go to another customer
customer-switch-go = Search
customer-called = Called “{ $alias }” here
customer-relation-direct = Direct customer since { $date }
customer-relation-provider = Through provider { $partner } since { $date }
customer-relation-reseller = Through reseller { $partner } since { $date }
customer-admin-until = Delegated admin until { $date }
customer-end = End relationship…
customer-end-ask = Ask { $provider } to end…
customer-agreement-missing = Agreement missing
customer-owner-nobody = No owner
customer-id-short = ID
customer-tabs = Customer
customer-tab-overview = Overview
customer-tab-account = Account
customer-tab-notes = Notes
customer-tab-access = Access
customer-tab-activity = Activity
customer-none = None yet
customer-copy-domain = Copy the domain
customer-copy-id = Copy the customer ID
customer-copy-organisation = Copy the organisation ID
customer-copy-registration = Copy the registration number
customer-copy-email = Copy the email address

# Overview.
customer-todo = Needs attention
customer-todo-agreement = Customer agreement not confirmed
customer-todo-agreement-text = Nothing can be ordered until it is.
customer-todo-missing = Missing: { $field }
customer-todo-required = Customers in { $country } must have it on record.
customer-todo-owner = No owner
customer-todo-owner-text = Nobody is responsible for this customer.
customer-relations = Relationships
customer-relation-reseller-name = Reseller relationship
customer-relation-admin-name = Delegated admin
customer-relation-admin-none = None
customer-starts = Start here
customer-start-subscriptions = Subscriptions
customer-start-billing = Billing
customer-start-support = Support
customer-start-later = Not part of this version yet.
customer-latest-note = Latest note
customer-latest = Latest activity
customer-activity-all = All activity

# Account.
customer-section-company = Company
customer-section-address = Address
customer-section-contact = Primary contact
customer-section-labels = Organising
customer-section-relationship = Relationship
customer-section-agreement = Customer agreement
customer-fact-email = Email
customer-fact-organisation = Organisation ID
customer-fact-organisation-note = The company itself, the same for every partner. Cannot be changed.
customer-fact-id = Customer ID
customer-fact-state = Status
customer-fact-relation = Relationship
customer-fact-activity = Last activity
customer-fact-accepted-by = Accepted by
customer-fact-attested-by = Confirmed by
customer-fact-attested = { $who }, { $when }
customer-fixed = Cannot be changed.

# Editing a section.
customer-edit = Edit
customer-edit-company = Edit company
customer-edit-address = Edit address
customer-edit-contact = Edit primary contact
customer-edit-labels = Edit name in lists, owner and tags
customer-hint-company-name = As in the company register. The name in lists is a separate field.
customer-hint-phone = With country code +{ $code }, or as dialled within the country.
customer-hint-postal-code = For example { $example }
customer-hint-contact-email = An address at the customer’s own company, not at yours.
customer-hint-language = The language in which to write to this person.
customer-hint-alias = Only you and your colleagues see it.
customer-choose = Choose…
customer-tags-none = There are no tags yet.
customer-tags-manage = Manage tags
customer-fixed-company = The country, the domain and the IDs were fixed when the account was created and cannot be changed.
customer-save = Save
customer-cancel = Cancel
customer-missing = { $field }: fill in this field.
customer-owner-gone = Choose an owner from the list; the one you chose no longer works in this account.
flash-customer-unchanged = Nothing had to be changed: everything is as you entered it.

# Two versions.
customer-conflict-title = Someone else saved first
customer-conflict-who = { $who } saved a change on { $when }, while you were editing.
customer-conflict-somebody = There was a change while you were editing.
customer-conflict-text = Nothing of yours is lost: choose for each field which version stays.
customer-conflict-table = Fields that differ
customer-conflict-mine = Your version
customer-conflict-theirs = Current version
customer-conflict-same = All other fields of this section are the same in both versions.
customer-conflict-save = Save these choices
customer-conflict-drop = Drop my changes

# Notes.
customer-note-new = New note
customer-note-edit = Edit note
customer-note-hint = Your colleagues at { $account } see it; the customer and other partners do not.
customer-note-add = Add note
customer-note-edited = changed { $when }
customer-note-which = , note of { $when }
customer-note-remove = Remove
customer-note-remove-effect = The note disappears from this page. Its text stays in the activity log.
customer-note-remove-go = Remove note
customer-note-empty = Write the note’s text first.
customer-notes-none = No notes yet
customer-notes-none-text = Write down what your colleagues should know about this customer.
customer-notes-all = All notes
customer-notes-off = You cannot write notes here.
flash-customer-note-added = The note is added.
flash-customer-note-removed = The note is removed.

# Activity.
customer-activity-none = Nothing has happened yet
customer-activity-none-text = Each change of this customer will be listed here.
customer-restore = Restore the earlier values
customer-restore-which = from before this change, { $when }
customer-restore-off = Earlier values cannot be restored.
flash-customer-restored = The earlier values are restored.
customer-agreement-record = Record that the agreement was accepted
customer-agreement-fixed = The day and the person are kept with your name. A later record does not replace an earlier one; both stay.
flash-agreement-recorded = The acceptance is recorded.
