# Referrals from a file.

import-title = Import referrals
import-intro = Create and change referrals with a file in the columns of the export. Nothing happens before you have seen what each row would do.
import-rows = Rows
import-rows-hint = Paste a CSV with its head; commas, semicolons or tabs. 1,000 rows at most.
import-file = File
import-file-hint = A CSV with its head, in UTF-8; 1,000 rows and 1 MB at most.
import-file-check = Check file
import-file-none = Choose a file.
import-file-long = Choose a file of at most 1 MB.
import-file-type = Choose a CSV file in UTF-8. In a spreadsheet: Save as, CSV UTF-8.
import-columns = Which columns?
import-columns-text = Rows without a Referral ID become opportunities of your own and need deal name, customer name, country, value, currency and close date. Rows with one change what differs. Dates are 2026-11-30 or 11/30/2026; a contact person needs Consent “Yes”.
import-headless = The first row must name the columns, as an export does.
import-empty = There is no row below the head.
import-many = Import 1,000 rows at most at once.
import-check = Check
import-check-again = Check again
import-run = { $count ->
    [one] Import { $shown } row
   *[other] Import { $shown } rows
  }
import-dry-run = What would happen
import-summary = { $created } created, { $updated } changed, { $same } unchanged, { $wrong } left out.
import-unknown = Columns that are not read: { $columns }.
import-row = Row
import-row-number = Row { $row }
import-referral = Referral
import-would-create = Created
import-would-update = Changed
import-would-same = Unchanged
import-would-wrong = Left out
import-more = Only the first 200 are shown.
import-not-found = You have no referral with this ID. Leave the cell empty to create one.
import-twice = This ID stands in an earlier row.
import-new-state = A new opportunity is accepted; leave the cell empty.
import-state = The referral cannot go there from its present state.
import-reason = Enter one of the reasons that an export shows for this state.
import-masked = Accept the referral first; before that only its answer can be imported.
import-closed = The referral is closed and cannot be changed.
import-consent = A contact person needs consent: enter Yes.
import-term = Use the keys that an export shows.
import-team = Enter addresses of colleagues in this account, separated by commas.
import-overtaken = Somebody has changed this referral meanwhile, or it cannot be answered any more. Look at it, then import the row again.
import-result = Import of referrals
import-result-summary = { $created } created, { $updated } changed, { $failed } left out.
import-failed = Left out
import-errors-file = Download to correct (CSV)
import-done = Created and changed
import-undo = Undo import
import-undo-effect = Changes are taken back, and what was created is closed. What somebody has worked on since stays as it is.
import-undone = The import is undone
import-left = { $count ->
    [one] { $shown } referral was left as it is, because somebody has worked on it or its state allows no way back.
   *[other] { $shown } referrals were left as they are, because somebody has worked on them or their state allows no way back.
  }
import-left-one = Left as it is

audit-referrals-import = imported referrals
audit-referrals-undo = undid an import of referrals
