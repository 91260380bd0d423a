# Words of relationships that several features share.

# Directory roles that a customer may grant, and what each allows.
directory-role-directory-reader = Directory reader
directory-role-directory-reader-means = Sees users, groups and domains; changes nothing.
directory-role-global-reader = Global reader
directory-role-global-reader-means = Sees every setting and report; changes nothing.
directory-role-service-support-admin = Service support admin
directory-role-service-support-admin-means = Opens and follows support requests for the company and sees the state of its services.
directory-role-helpdesk-admin = Helpdesk admin
directory-role-helpdesk-admin-means = Resets passwords of people who are not administrators and signs them out.
directory-role-licence-admin = Licence admin
directory-role-licence-admin-means = Gives licences to people and takes them away.
directory-role-user-admin = User admin
directory-role-user-admin-means = Adds, changes and removes people and groups, and resets the passwords of most of them.
directory-role-billing-admin = Billing admin
directory-role-billing-admin-means = Buys, manages subscriptions and sees invoices.
directory-role-exchange-admin = Exchange admin
directory-role-exchange-admin-means = Manages mailboxes, mail flow and shared calendars.
directory-role-security-admin = Security admin
directory-role-security-admin-means = Reads security reports and changes security settings and rules.
directory-role-global-admin = Global admin
directory-role-global-admin-means = May do everything, including granting any role to anyone.
