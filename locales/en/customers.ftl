# The customer list.

customers-title = Customers
customers-count-exactly = Count exactly
customers-add = Add customer
customers-more = More
customers-invite = Invite customer
customers-tags = Manage tags
customers-export = Export
customers-columns = Columns
customers-columns-legend = Columns of this list
customers-columns-show = Show these
customers-compact = Close rows
customers-views = Views
customers-tab-all = All
customers-tab-mine = Mine
customers-tab-pending = Pending invitation
customers-tab-ended = Former customers
customers-tab-requests = Requests to end
customers-ended = { $when }, { $by }
customers-tab-drafts = Drafts
customers-search = Search customers
customers-search-fields = Name, domain, ID, registration number or contact
customers-search-go = Search
customers-filters = Filters
customers-table = Customers
customers-check-all = Choose all on this page
customers-copy-id = Copy ID
customers-through = Through { $partner }
customers-announce = { $count ->
    [one] One customer
   *[other] { $shown } customers
  }
customers-none-title = No customers yet
customers-none = Each of your customers gets a customer account here: you sell, bill and support from it.
customers-nothing-title = Nothing matches
customers-nothing-search = No customer has “{ $search }” in name, domain, ID, registration number or contact.
customers-nothing-filters = The filters above hide the others.
customers-search-all = Search all customers

column-company = Company
column-relationship = Relationship
column-status = Status
column-owner = Owner
column-tags = Tags
column-agreement = Agreement
column-activity = Last activity
column-created = Created
column-country = Country
column-source = Source
column-registration = Registration number
column-contact = Contact
column-ended = Ended
column-undo = Undo until

filter-status = Status
filter-relationship = Relationship
filter-source = Source
filter-tag = Tag
filter-owner = Owner
filter-country = Country
filter-agreement = Agreement
filter-apply = Apply
filter-clear = Clear all
filter-remove = Remove filter
filter-nothing = Nothing to choose from.
filter-unknown = unknown ({ $value })

status-active = Active
status-pending = Pending
status-ended = Ended
relationship-direct = Direct
relationship-through = Through a partner
agreement-accepted = Accepted
agreement-missing = Missing
source-added = Added
source-invited = Invited
source-imported = Imported
source-api = API
source-referral = Referral
source-connector = Connector
owner-none = Nobody

view-remove = Remove this view
view-save = Save view
view-name = Name of the view
view-shared = Show it to colleagues too
flash-view-saved = The view is saved among the tabs.
flash-view-unnamed = Give the view a name of up to 60 characters.
flash-view-removed = The view is removed.
flash-display-saved = Your display is saved.

bulk-label = Chosen customers
bulk-one = 1 selected
bulk-many = # selected
bulk-all = All { $total } matching
bulk-tag = Tag…
bulk-owner = Owner…
bulk-invite = Invite…
bulk-none = Choose none
bulk-tag-title = Tag customers
bulk-owner-title = Assign an owner
bulk-count = { $count ->
    [one] One customer is chosen.
   *[other] { $shown } customers are chosen.
  }
bulk-count-many = More than { $shown } customers are chosen.
bulk-which-tag = Which tag?
bulk-which-owner = New owner
bulk-add-tag = Add tag
bulk-remove-tag = Remove tag
bulk-set-owner = Assign owner
flash-bulk-none = Tick at least one customer first.
flash-bulk-unchosen = Nothing was changed: choose a tag or an owner first.

job-title = Changing customers
job-running = This is being done now. You can leave this page.
job-refresh = Refresh
job-so-far = { $count ->
    [one] One customer so far.
   *[other] { $shown } customers so far.
  }
job-done = Done
job-failed = This stopped because of a fault. What was changed until then stays changed.
job-changed = { $count ->
    [one] One customer was processed.
   *[other] { $shown } customers were processed.
  }
job-not-found = { $count ->
    [one] One customer was left as it is: not found, or a former customer.
   *[other] { $shown } customers were left as they are: not found, or former customers.
  }
job-back = Back to customers

export-title = Export customers
export-rows = Which customers?
export-view = This view, as searched and filtered
export-view-plain = All listed customers
export-everything = Everything, ended customers included
export-columns = Which columns?
export-columns-hint = ID, company name, domain, relationship and tags always come first.
export-shown = Those shown in the list
export-all = All columns
export-csv = CSV file
export-bom = With a byte order mark, for older spreadsheets
export-semicolon = Separated by semicolons
export-as-csv = Download CSV
export-as-xlsx = Download XLSX
export-as-json = Open JSON
export-back = Back to the list

tags-title = Tags
tags-intro = Tags group customers in ways of your own. Only this partner account sees them.
tags-all = All tags
tags-none = There are no tags yet.
tags-name = Name
tags-acts = Actions
tags-edit = Edit
tags-edit-named = Edit “{ $name }”
tags-remove = Remove
tags-remove-effect = “{ $name }” is taken off every customer. The customers stay as they are.
tags-remove-named = Remove tag “{ $name }”
tags-new = New tag
tags-colour = Colour
tags-colour-n = Colour { $n }
tags-save = Save tag
tags-cancel = Cancel
tags-name-wrong = Give the tag a name of 1 to 40 characters, without semicolons.
tags-name-taken = There is already a tag of this name, or the limit of 500 tags is reached. Choose another name.
flash-tag-saved = The tag is saved.
