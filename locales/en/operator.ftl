# The platform’s own pages, for its operators.

platform-admin = Platform admin
nav-operator = Overview
nav-operator-mail = Mail
nav-operator-schedule = Schedule
operator-acts = Actions

operator-title = Overview
operator-intro = What waits and what went wrong on this platform, over all partner accounts.
operator-all-well = Nothing needs you at the moment.
operator-todo = Needs attention
operator-look = Look
operator-no-server = No mail server is set
operator-no-server-text = Letters stay in the outbox until smtp_host and mail_from are configured.
operator-dead = { $count ->
    [one] One letter was given up
   *[other] { $shown } letters were given up
}
operator-dead-text = They were refused, or could not be delivered within a day. Once the cause is gone, try them again.
operator-failing = { $count ->
    [one] One letter could not be sent yet
   *[other] { $shown } letters could not be sent yet
}
operator-failing-text = They are tried again by themselves, for a day.
operator-profiles = { $count ->
    [one] One business profile waits for review
   *[other] { $shown } business profiles wait for review
}
operator-profiles-text = What was public before stays until you decide.
operator-overdue = { $count ->
    [one] One task is overdue
   *[other] { $shown } tasks are overdue
}
operator-overdue-text = No server has run them when they were due.
operator-failed = { $count ->
    [one] The last run of one task failed
   *[other] The last run of { $shown } tasks failed
}
operator-failed-text = They are tried again within five minutes.
operator-waiting = Waiting
operator-waiting-failed = Failed so far
operator-given-up = Given up
operator-oldest = The oldest waits since
operator-mail-open = Open the outbox
operator-tasks = Tasks
operator-last-run = Last run
operator-next-run = Next run
operator-schedule-open = Open the schedule

operator-mail-title = Mail
operator-mail-intro = Letters of the last 90 days, newest first: to whom, what about, and what became of them. What they say is shown to nobody here.
operator-mail-states = Letters by state
operator-mail-all = All
operator-mail-queued = Waiting
operator-mail-dead = Given up
operator-mail-sent = Sent
operator-mail-search = Whole email address of the recipient
operator-mail-search-go = Search
operator-mail-retry = Try again
operator-mail-retry-all = Try all again that were given up
operator-mail-none-title = No letter yet
operator-mail-none = Each letter that the portal writes will be listed here.
operator-mail-nothing = No letter matches
operator-mail-clear = Show all letters
operator-mail-to = Recipient
operator-mail-letter = Letter
operator-mail-state = State
operator-mail-written = Written
operator-mail-attempts = Attempts
operator-mail-error = Last error
operator-mail-next = next try { $when }
operator-mail-wordless = A letter that cannot be put into words
mail-state-queued = Waiting
mail-state-failing = Failed so far
mail-state-sent = Sent
mail-state-dead = Given up
flash-mail-retried = Queued again. Letters leave within a moment, if the mail server takes them.

operator-schedule-title = Schedule
operator-schedule-intro = What runs again and again, each task on one server at a time. Running one earlier does no harm.
operator-task = Task
operator-task-state = State
operator-task-runs = Runs
operator-task-failures = Failures
operator-task-done = { $count } done
operator-task-run = Run now
operator-task-running = Running
operator-task-overdue = Overdue
operator-task-failed = Failed
operator-task-well = In order
operator-never = never
operator-every-hours = { $count ->
    [one] every hour
   *[other] every { $shown } hours
}
operator-every-minutes = { $count ->
    [one] every minute
   *[other] every { $shown } minutes
}
flash-task-hurried = The task runs within a moment.

# Tasks, by name.
task-delegated-admin-keep = Delegated admin: extensions and reminders
task-inquiries-erase = Inquiries: erasing what is over
task-profile-remind = Business profiles: reminders to confirm them
task-relationships-end = Relationships: scheduled ends
task-sweep = Clearing away what has expired

# The demonstration’s mailbox.
demo-mail-link = Mailbox of the demonstration
demo-mail-title = Mailbox
demo-mail-intro = Every letter of this demonstration arrives here, whoever it is for. Nothing goes outside.
demo-mail-list = Letters, newest first
demo-mail-none-title = No letter yet
demo-mail-none = Letters arrive here a moment after something has been sent.
demo-mail-to = To { $to }
demo-mail-all = All letters
demo-mail-older = Earlier
demo-mail-page = Show the letter as mail programs do
