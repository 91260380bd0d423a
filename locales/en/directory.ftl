directory-title = Partner directory
directory-title-near = Partners near { $place }
directory-description = Find a partner for your IT: by place, industry, service and product. Free of charge, and nobody can pay for a better place.
directory-intro = Find a partner near you, look at what it does, and ask up to three at once.
directory-find = Let us find a partner
directory-for-partners = For partners: sign in
directory-q = What are you looking for?
directory-q-hint = Searches company names and tags, not descriptions.
directory-near = Near
directory-near-hint = A town or a country, such as Lyon or Belgium.
directory-unknown-place = We do not know the place “{ $place }”
directory-unknown-text = The results below are from everywhere. Try the nearest larger town, or add the country: Paris, United States.
directory-filter-country = Country
directory-filter-industry = Industry
directory-filter-service = Service
directory-filter-product = Product
directory-filter-size = Customer size
directory-filter-language = Language
directory-filter-type = Type of partner
directory-more = Show all
directory-cloud = Cloud
directory-total =
    { $count ->
        [0] No partner
        [one] { $shown } partner
       *[other] { $shown } partners
    }
directory-total-many = More than { $shown } partners
directory-empty = No partner is listed yet
directory-empty-text = Partners appear here as soon as they publish their business profile.
directory-none = No partner matches
directory-none-text = Remove a filter, use fewer words, or search a larger town nearby: places up to 100 km away are found.
directory-clear = Show all partners
directory-distance =
    { $count ->
        [0] less than 1 km away
       *[other] { $shown } km away
    }
directory-answers-hours =
    { $count ->
        [one] Usually answers within an hour
       *[other] Usually answers within { $shown } hours
    }
directory-answers-days =
    { $count ->
        [one] Usually answers within a day
       *[other] Usually answers within { $shown } days
    }
directory-view = View profile
directory-contact = Contact
directory-contact-partner = Contact partner
directory-contact-place = Contact { $place }
directory-pick = Choose
directory-pick-go = Contact the chosen partners (up to three)
directory-order = How results are ordered
directory-order-text = Partners whose name has your words come first, then those whose tags have them. In either, the near come before the far: up to 10, 25, 50 and 100 km. What is equal after that is ordered by how fast a partner answered inquiries in the last 90 days; a new partner starts in the middle. Nobody can pay for a place.
directory-any-size = Any size
directory-fact-service = Services
directory-fact-product = Products
directory-fact-industry = Industries
directory-fact-size = Customer sizes
directory-fact-language = Languages
directory-fact-solution = Solutions and skills
directory-fact-type = Partner type
directory-about = What it does
directory-locations = Locations
directory-links = On the web
directory-website = Website
directory-linkedin = LinkedIn
directory-gone = This partner is not in the directory
directory-gone-text = The address is not known, or the partner has withdrawn its profile.
directory-gone-go = Search the directory
insights-name = Insights
insights-title = Insights: { $country }
insights-intro = How often your profile was found, looked at and asked. Counted without cookies, and without anything about visitors; search engines and other programs are left out. Days are UTC.
insights-csv-places = Download CSV by location
insights-period = Period
insights-period-30-days = Last 30 days
insights-period-3-months = Last 3 months
insights-period-6-months = Last 6 months
insights-kind-appearance = Appearances in results
insights-kind-view = Views
insights-kind-contact = Contact clicks
insights-kind-lead = Leads
insights-funnel = From found to asked
insights-share = { $percent } % of the step before
insights-over-time = Over time
insights-most = Scale: up to { $most }
insights-says = { $total } in all, most of them, { $most }, from { $day }.
insights-says-nothing = None in this period.
insights-places = By location
insights-place = Location
insights-all = All
insights-profile = The profile itself
insights-days = By day
insights-weeks = By week
insights-from = From
insights-empty = Nothing was counted in this period
insights-empty-text = Figures appear as soon as visitors find your profile in the directory.
insights-empty-go = Look at the profile
