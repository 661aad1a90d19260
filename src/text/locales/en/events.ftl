events-lead = Each time someone reads, and each time you change something, it is written down here.
events-none = Nothing has happened yet.
events-older = Show older
events-check = Is the list whole?
events-check-lead = Each line is locked to the line before. You can check that no line is missing or altered.
events-verify = Check the list
events-whole = { $count ->
    [one] The list is whole. One line is checked.
   *[other] The list is whole. { $count } lines are checked.
}
events-waiting = { $count ->
    [one] One line is checked and whole. The newest waits for its lock. Try again shortly.
   *[other] { $count } lines are checked and whole. The newest wait for their lock. Try again shortly.
}
events-broken = Something is wrong at line { $line }. Print this page and contact us.
events-seal = The seal of the list
events-seal-lead = Save or print the seal. With it you can later show whether someone has altered the list.
who-you = You
who-service = The service
who-unknown = Someone
who-token = The program { $label }, for which { $by } answers
event-why = why: { $purpose }
event-case = case { $case }
event-times = { $count } times
event-account-created = You created your map
event-opened = { $who } opened the map in a new way
event-slot-added = You added a way of opening the map
event-slot-removed = You removed a way of opening the map
event-keys-rotated = You changed the locks of the map
event-entry-added = You added something to { $sections }
event-entry-changed = You changed something in { $sections }
event-entry-confirmed = You said that something in { $sections } is still right
event-entry-deleted = You removed something from { $sections }
event-consent-given = You began to share with { $place }
event-consent-changed = You changed the sharing with { $place }
event-consent-withdrawn = You stopped sharing with { $place }
event-consent-expired = The sharing with { $place } ran out
event-consent-invalidated = The sharing with { $place } was annulled
event-token-minted = { $who } at { $place } let a program read
event-token-revoked = { $who } at { $place } stopped a program
event-token-minted-by = { $by } at { $place } let the program { $label } read
event-token-revoked-by = { $by } at { $place } stopped the program { $label }
event-token-minted-at = { $place } let the program { $label } read
event-token-revoked-at = { $place } stopped the program { $label }
event-sections-none = nothing
event-read = { $who } at { $place } read { $sections }
event-copy-delivered = { $who } at { $place } got a copy of { $sections }
event-denied = { $place } tried to read, but could not
event-denied-unknown = Someone tried to read with a code that is not valid
event-exported = You fetched everything on the map
event-erase-asked = You asked for everything to be removed
event-login-bound = Your sign-in was tied to the map
event-unit-blocked = You blocked { $place }
event-unit-unblocked = You stopped blocking { $place }
event-staff-invited = { $who } invited { $whom }
event-staff-joined = { $who } joined the unit
event-staff-removed = { $who } removed { $whom } from the unit
event-unit-sheet-printed = { $who } made a new spare sheet for the unit
event-unit-keys-rotated = { $who } changed the unit’s locks
event-client-added = { $who } added the program { $whom }
event-client-changed = { $who } changed the program { $whom }
event-client-ended = { $who } stopped the program { $whom }
