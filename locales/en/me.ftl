# The user’s own page, and the choice of a partner account.

me-title = My account
me-profile = Profile
me-profile-save = Save the profile
me-name = Name
me-name-missing = Enter your name, in at most 100 characters.
me-language = Language
me-time-zone = Time zone
me-time-zone-hint = A name such as Europe/Paris or America/Toronto; times are shown in it.
me-time-zone-unknown = Enter the name of a time zone, such as Europe/Paris or UTC.
me-theme = Theme
theme-auto = As the device
theme-light = Light
theme-dark = Dark

me-password = Password
me-password-text = A new password ends all your sessions, this one too.
me-password-current = Current password
me-password-wrong = This is not your current password.
me-password-save = Change the password

me-sessions = Sessions
me-sessions-caption = Your open sessions
me-session-device = Device
me-session-unknown = Unknown device
me-session-started = Signed in
me-session-seen = Last used
me-session-actions = Actions
me-session-current = This one
me-session-end = End
me-session-end-which = the session of { $when }
me-sessions-end = End all other sessions
flash-session-ended = The session has ended.
flash-sessions-ended = All your other sessions have ended.

accounts-title = Choose an account
accounts-intro = Each partner account has its own customers, and you have your own roles in each.
accounts-list = Your partner accounts
accounts-none-title = No partner account yet
accounts-none = You are not a member of any partner account. Ask an administrator of yours to add you.
