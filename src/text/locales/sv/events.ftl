events-lead = Varje gång någon läser, och varje gång du ändrar något, skrivs det upp här.
events-none = Inget har hänt än.
events-older = Visa äldre
events-check = Är listan hel?
events-check-lead = Varje rad är låst vid raden före. Du kan kontrollera att ingen rad saknas eller är ändrad.
events-verify = Kontrollera listan
events-whole = { $count ->
    [one] Listan är hel. En rad är kontrollerad.
   *[other] Listan är hel. { $count } rader är kontrollerade.
}
events-waiting = { $count ->
    [one] En rad är kontrollerad och hel. Den senaste väntar på sitt lås. Försök igen strax.
   *[other] { $count } rader är kontrollerade och hela. De senaste väntar på sitt lås. Försök igen strax.
}
events-broken = Något stämmer inte vid rad { $line }. Skriv ut sidan och hör av dig till oss.
events-seal = Listans sigill
events-seal-lead = Spara eller skriv ut sigillet. Med det kan du senare visa om någon har ändrat listan.
who-you = Du
who-service = Tjänsten
who-unknown = Någon
who-token = Programmet { $label }, som { $by } svarar för
event-why = för att { $purpose }
event-case = ärende { $case }
event-times = { $count } gånger
event-account-created = Du skapade din karta
event-opened = { $who } öppnade kartan på ett nytt sätt
event-slot-added = Du lade till ett sätt att öppna kartan
event-slot-removed = Du tog bort ett sätt att öppna kartan
event-keys-rotated = Du bytte lås på kartan
event-entry-added = Du lade till något i { $sections }
event-entry-changed = Du ändrade något i { $sections }
event-entry-confirmed = Du sa att något i { $sections } fortfarande stämmer
event-entry-deleted = Du tog bort något ur { $sections }
event-consent-given = Du började dela med { $place }
event-consent-changed = Du ändrade delningen med { $place }
event-consent-withdrawn = Du slutade dela med { $place }
event-consent-expired = Delningen med { $place } gick ut
event-consent-invalidated = Delningen med { $place } upphävdes
event-token-minted = { $who } på { $place } lät ett program läsa
event-token-revoked = { $who } på { $place } stoppade ett program
event-token-minted-by = { $by } på { $place } lät programmet { $label } läsa
event-token-revoked-by = { $by } på { $place } stoppade programmet { $label }
event-token-minted-at = { $place } lät programmet { $label } läsa
event-token-revoked-at = { $place } stoppade programmet { $label }
event-sections-none = ingenting
event-read = { $who } på { $place } läste { $sections }
event-copy-delivered = { $who } på { $place } fick en kopia av { $sections }
event-denied = { $place } försökte läsa, men fick inte
event-denied-unknown = Någon försökte läsa med en kod som inte gäller
event-exported = Du hämtade allt på kartan
event-erase-asked = Du bad att allt ska tas bort
event-login-bound = Din inloggning knöts till kartan
event-unit-blocked = Du blockerade { $place }
event-unit-unblocked = Du slutade blockera { $place }
event-staff-invited = { $who } bjöd in { $whom }
event-staff-joined = { $who } gick med i enheten
event-staff-removed = { $who } tog bort { $whom } från enheten
event-unit-sheet-printed = { $who } gjorde ett nytt reservark åt enheten
event-unit-keys-rotated = { $who } bytte enhetens lås
event-client-added = { $who } lade till programmet { $whom }
event-client-changed = { $who } ändrade programmet { $whom }
event-client-ended = { $who } stoppade programmet { $whom }
