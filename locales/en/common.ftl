# The frame of every page, and words that several features share.

skip-to-main = Skip to main content
nav-label = Main
nav-menu = Menu
nav-customers = Customers
nav-delegated-admin = Delegated admin
nav-invitations = Invitations
nav-audit = Activity
nav-roles = Roles
menu-account = Partner account
menu-accounts = All accounts…
menu-user = { $name }, my account
menu-me = My account
menu-sign-out = Sign out
crumbs-label = Breadcrumb
live-copied = Copied
demo-note = Demonstration: all data is invented and may be reset at any time.

# Each language in its own name.
language-en = English
language-fr = Français

months-short = Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec

# Lists.
pager-label = Pages
pager-previous = Previous
pager-next = Next
pager-size = Rows per page
pager-show = Show

# Forms.
form-optional = (optional)
form-error-title = There is a problem
form-error-prefix = Error:
flash-saved = Your changes are saved.

# Partner accounts.
account-type-direct = Direct reseller
account-type-indirect-provider = Indirect provider
account-type-indirect-reseller = Indirect reseller
cloud-worldwide = Worldwide
cloud-us-government = US Government
cloud-germany = Germany
partner-status-applied = Awaiting approval
partner-status-suspended = Suspended
partner-status-closed = Closed

# Roles of a member.
role-global-admin = Global admin
role-user-management-admin = User management admin
role-billing-admin = Billing admin
role-admin-agent = Admin agent
role-sales-agent = Sales agent
role-helpdesk-agent = Helpdesk agent
role-business-profile-admin = Business profile admin
role-referrals-admin = Referrals admin
role-referrals-user = Referrals user

# Roles that a customer grants for administering.

# Why something is not allowed.
why-roles = This takes the role { $roles }. Ask a colleague who has it.
why-account-type = An account of the type “{ $type }” never does this itself: its indirect provider does. Ask your indirect provider.
why-other-type = An account of the type “{ $type }” does not do this.
why-cloud = This does not exist in the cloud “{ $cloud }”.
why-ended = The relationship with this customer has ended, so nothing can be changed any more.

# Fields of a customer account.
field-company-name = Company name
field-alias = Name in lists
field-address1 = Street and number
field-address2 = Address, second line
field-city = Town or city
field-state = State or province
field-postal-code = Postal code
field-country = Country
field-phone = Phone
field-registration-number = Registration number
field-contact-first = Contact’s first name
field-contact-middle = Contact’s middle name
field-contact-last = Contact’s last name
field-contact-email = Contact’s email
field-language = Language
field-owner = Owner
field-tags = Tags
field-agreed-on = Agreement accepted on
field-name = Name
field-colour = Colour
field-body = Text
field-rows = Rows
field-query = Search and filters
field-kind = Asks for
field-recipient = Recipient
field-person = Person
field-role = Role
field-email = Email
field-declined = Reason
field-domain = Domain
field-source = Source
field-reseller = Reseller
field-ends-at = Ends
field-ended-by = Ended by
field-reason = Reason
field-status = Status
field-roles = Rights
field-auto-extend = Automatic extension
