# Error pages: what happened and what to do.

error-code = Error { $code }
error-retry = Try again
error-home = Go to the start page
error-roles = See who may do what
error-accounts = Switch account
error-reference = If it happens again, tell your administrator this reference:
error-reference-copy = Copy the reference

error-400-title = This request could not be understood
error-400-text = Something in it was missing or unexpected, and nothing was changed. Go back, reload the page and try again.
error-403-title = This is not allowed
error-403-text = Nothing was changed.
error-forged-text = The form did not come from a current page of this portal, so nothing was changed. Go back, reload the page and send it again.
error-404-title = There is nothing at this address
error-404-text = The page may have moved, the link may be incomplete or no longer valid, or what it showed belongs to another account.
error-409-title = This form was already sent
error-409-text = It arrived before with other content, so nothing was changed this time. Open the page again and repeat your change there.
error-413-title = This is too much at once
error-413-text = What you sent is larger than this portal accepts, and nothing was changed. Go back, shorten it and send it again.
error-421-title = This is not the address of the portal
error-421-text = The portal answers under another host name. Check the address, or ask your administrator for it.
error-429-title = Too many attempts
error-429-text = { $count ->
    [one] Wait { $shown } second, then try again.
   *[other] Wait { $shown } seconds, then try again.
}
error-500-title = Something broke on our side
error-500-text = It is not your fault, and nothing was changed. Try again.
error-503-title = Back in a moment
error-503-text = Comptoir is being updated or is very busy. Nothing you saved is lost.
