# The matrix of roles.

roles-title = Roles
roles-intro = What each role may do in { $account }. The same rule decides every page and every button. Your own roles are marked.
roles-caption = Roles and what they may do
roles-action = Action
roles-you = You
roles-yours = Yours
roles-yes = Yes
roles-no = No

action-view-customers = See customers
action-export-customers = Export customers
action-add-customer = Add a customer
action-edit-customer = Edit a customer’s details
action-label-customers = Set the owner, tags and notes of customers
action-view-invitations = See invitations
action-invite-customer = Invite a customer
action-attest-agreement = Record that a customer accepted the agreement
action-view-agreement = See a customer’s agreement
action-end-relationship = End a relationship
action-view-insights = See business profiles and insights
action-edit-profile = Edit and publish business profiles
action-view-referrals = See referrals
action-answer-referrals = Answer and work on referrals
action-assign-referrals = Assign referrals to colleagues
action-hand-over-referrals = Hand referrals to resellers
action-import-referrals = Import referrals
action-view-activity = See the activity log
action-view-roles = See the roles
action-request-admin = Ask a customer for delegated admin
action-end-admin = End delegated admin
action-ask-to-end = Ask the provider to end a relationship
action-view-partnerships = See providers or resellers
action-invite-partner = Invite a reseller
action-accept-partnership = Connect to a provider
action-end-partnership = End a partnership
action-transfer-customers = Transfer customers to another reseller
