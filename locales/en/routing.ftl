# Routing of inquiries, for operators; and, as its receiver reads it, why an inquiry came.

nav-operator-routing = Routing
routing-title = Routing
routing-intro = Which partners get inquiries that name none, or that move on. Each criterion gives a candidate 0 to 100 points, counted as often as its weight says; the most points get it. Payment never counts.
routing-weights = Weights
routing-weights-hint = 0 to 100 each; 0 leaves a criterion out.
criterion-place = Place
criterion-language = Language
criterion-industry = Industry
criterion-product = Products and services
criterion-load = Open inquiries
criterion-speed = Speed of answers
criterion-hint-place = All points within 20 km of a location, none from 500 km; half in the country where the town is not known.
criterion-hint-language = All points for the sender’s language.
criterion-hint-industry = All points for the sender’s industry, half where the profile names none.
criterion-hint-product = The share of the products and services wanted that the profile offers.
criterion-hint-load = All points without open inquiries, none with 20.
criterion-hint-speed = All points up to 24 hours on average, none at 14 days; half while it is not known.
routing-rules = Rules
routing-abroad = Kilometres across the border
routing-abroad-hint = A partner of another country must have a location this near. 0: partners of the sender’s country alone.
routing-most-open = Most open inquiries
routing-most-open-hint = A partner with so many gets no more until some are answered or over.
routing-language = Only partners that speak the sender’s language
routing-language-hint = Otherwise the language counts by its weight.
routing-number = Enter a whole number from { $least } to { $most }
routing-no-weight = Give at least one criterion a weight
routing-try = Try with last month’s inquiries
flash-routing-saved = The routing is saved. It holds for every inquiry from now on.

routing-tried-title = Dry run
routing-tried = { $count ->
    [one] One of { $total } decisions would change.
   *[other] { $shown } of { $total } decisions would change.
}
routing-tried-none = Nothing was routed in the last 30 days, so there is nothing to try it with.
routing-tried-how = Nothing is changed or saved. The decisions of the last 30 days, the newest 500 at most, are ordered again with what was known when they were made.
routing-totals = Inquiries for each partner
routing-cases = Inquiry by inquiry
routing-got = Got it
routing-would = Would get it
routing-changes = changes
routing-nobody = Nobody

routing-recent = Recent inquiries
routing-none-title = No inquiry yet
routing-none = Each inquiry from the directory will be listed here, with why it went where it did.
routing-inquiry = Inquiry
routing-place = Place
routing-industry = Industry
routing-how = Partners
routing-how-named = Named by the sender
routing-how-routed = Found by routing
routing-receivers = Received by
routing-inquiry-title = Inquiry of { $when }
routing-undecided = Its sender named the partners: routing decided nothing.
routing-decision = Decision { $number }
routing-most = Weights in force then; { $most } points were to be had.
routing-no-candidate = No partner of the country or near by is listed.
routing-total = Points
routing-distance = km
routing-open = Open then
routing-chosen = Chosen
routing-bar-asked = Had it already
routing-bar-far = Another country, and too far
routing-bar-language = Does not speak the language
routing-bar-busy = Too many open inquiries
routing-bar-full = No more inquiries that day
routing-km = { $km } km away

operator-expiring = { $count ->
    [one] One inquiry expires within two days
   *[other] { $shown } inquiries expire within two days
}
operator-expiring-text = Their partners have not answered and have been reminded. What expires moves on where its sender allowed it.
