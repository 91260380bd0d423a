# The activity log. What was done follows the name of who did it.

audit-title = Activity
audit-intro = Who did what in this partner account, newest first. Entries are never changed or removed.
audit-by-command = The operator
audit-by-somebody = Someone
audit-none-title = Nothing has happened yet
audit-none = Each change in this partner account will be listed here.
audit-open-customer = Open the customer
audit-changes = What changed
audit-field = Field
audit-before = Before
audit-after = After
audit-nothing = empty
audit-older = Earlier

audit-customer-add = added a customer
audit-customer-edit = changed a customer’s details
audit-customer-labels = changed how a customer is organised
audit-customer-tags = changed a customer’s tags
audit-customer-agreement = recorded that a customer accepted the agreement
audit-customer-password-link = created a link for a customer to set a password
audit-customers-export = exported customers
audit-note-add = wrote a note
audit-note-edit = changed a note
audit-note-remove = removed a note
audit-tag-add = created a tag
audit-tag-edit = changed a tag
audit-tag-remove = removed a tag
audit-job-finished = completed a background task
audit-member-add = added a member of the team
audit-partner-add = created this partner account
