# Signing in and out, and choosing a password by link.

sign-in-title = Sign in
sign-in-intro = Use your work account.
sign-in-email = Work email
sign-in-password = Password
sign-in-email-missing = Enter your email address.
sign-in-password-missing = Enter your password.
sign-in-wrong = Email address and password do not match. Check both and try again.
sign-in-submit = Sign in
sign-in-forgotten = I forgot my password
sign-in-directory = Looking for a partner? Open the directory
sign-in-wait-title = Too many attempts
sign-in-wait = { $count ->
    [one] Wait { $shown } second, then try again.
   *[other] Wait { $shown } seconds, then try again.
}
sign-in-ended-title = Your session has ended
sign-in-ended = Sign in again to continue.
sign-in-held = What you filled in is kept, except passwords. Sign in again, and your form comes back.

resume-title = Your form is still here
resume-text = Your session ended before the form arrived, so nothing has been saved yet.
resume-note = Show the form again, check what it holds and send it.
resume-submit = Show my form again
resume-discard = Discard it

forgotten-title = Forgotten password
forgotten-text = Ask the operator of this portal for a link with which you choose a new password.
forgotten-link = The link works once and for a limited time. Your current password is known to nobody but you.
forgotten-form = Enter the address you sign in with. You get a letter with a link by which you choose a new password.
forgotten-submit = Send me a link
forgotten-asked-title = Look into your mailbox
forgotten-asked = If there is an account with the address { $email }, a letter with a link is on its way. The link works once, for 30 minutes.
forgotten-asked-nothing = Nothing arrived after a few minutes? Look into the folder for unwanted mail, and check that this is the address you sign in with.
forgotten-back = Back to signing in

set-password-title = Choose a password
set-password-for = For { $email }. This link works once.
set-password-new = New password
set-password-repeated = Repeat the new password
set-password-hint = At least { $min } characters. A few unrelated words are easy to remember; spaces are fine.
set-password-submit = Save the password

password-too-short = Choose a longer password.
password-too-long = Choose a shorter password.
password-breached = This password is on lists of stolen passwords. Choose a few unrelated words, without your name or email address.
password-guessable = This password is easy to guess. Choose a few unrelated words, without your name or email address.
password-different = The two passwords differ. Enter the same one twice.

flash-signed-out = You are signed out.
flash-password-set = Your password is saved. Sign in with it.
flash-password-changed = Your password is changed and all your sessions have ended. Sign in with the new one.
