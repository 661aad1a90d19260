events-lead = Någon läser. Eller du ändrar något. Då skriver vi upp det här.
events-none = Inget har hänt än.
events-older = Visa äldre
events-check = Är listan hel?
events-check-lead = Varje rad är låst vid raden före. Du kan se om en rad är borta. Du kan också se om en rad är ändrad.
events-verify = Kolla listan
events-whole = { $count ->
    [one] Listan är hel. Vi har kollat en rad.
   *[other] Listan är hel. Vi har kollat { $count } rader.
}
events-waiting = { $count ->
    [one] Vi har kollat en rad. Den är hel. Den sista raden är inte låst än. Försök igen snart.
   *[other] Vi har kollat { $count } rader. De är hela. De sista raderna är inte låsta än. Försök igen snart.
}
events-broken = Något är fel vid rad { $line }. Skriv ut sidan. Ta sedan kontakt med oss.
events-seal = Listans sigill
events-seal-lead = Spara sigillet. Eller skriv ut det. Då kan du sedan visa om någon har ändrat i listan.
who-you = Du
who-service = Tjänsten
who-unknown = Någon
who-token = Programmet { $label } ({ $by } svarar för det)
event-why = varför: { $purpose }
event-case = ärende { $case }
event-times = { $count } gånger
event-account-created = Du gjorde din karta
event-opened = { $who } öppnade kartan på ett nytt sätt
event-slot-added = Du fick ett nytt sätt att öppna kartan
event-slot-removed = Du tog bort ett sätt att öppna kartan
event-keys-rotated = Du bytte lås på kartan
event-entry-added = Du skrev något nytt i { $sections }
event-entry-changed = Du ändrade något i { $sections }
event-entry-confirmed = Du sa att något i { $sections } stämmer
event-entry-deleted = Du tog bort något i { $sections }
event-consent-given = Du började dela med { $place }
event-consent-changed = Du ändrade det du delar med { $place }
event-consent-withdrawn = Du slutade dela med { $place }
event-consent-expired = Tiden för att dela med { $place } tog slut
event-consent-invalidated = Du delar inte mer med { $place }. Det är stoppat
event-token-minted = { $who } på { $place } lät ett program läsa
event-token-revoked = { $who } på { $place } stoppade ett program
event-token-minted-by = { $by } på { $place } lät programmet { $label } läsa
event-token-revoked-by = { $by } på { $place } stoppade programmet { $label }
event-token-minted-at = { $place } lät programmet { $label } läsa
event-token-revoked-at = { $place } stoppade programmet { $label }
event-sections-none = ingenting
event-read = { $who } på { $place } läste { $sections }
event-copy-delivered = { $who } på { $place } fick en kopia av { $sections }
event-denied = { $place } ville läsa, men fick inte
event-denied-unknown = Någon ville läsa, men hade fel kod
event-exported = Du hämtade allt på kartan
event-erase-asked = Du bad oss ta bort allt
event-login-bound = Du kan logga in till kartan
event-unit-blocked = Du blockerade { $place }
event-unit-unblocked = Du slutade blockera { $place }
event-staff-invited = { $who } bjöd in { $whom }
event-staff-joined = { $who } kom med i enheten
event-staff-removed = { $who } tog bort { $whom } från enheten
event-unit-sheet-printed = { $who } gjorde ett nytt reservark åt enheten
event-unit-keys-rotated = { $who } bytte lås för enheten
event-client-added = { $who } lade till programmet { $whom }
event-client-changed = { $who } ändrade programmet { $whom }
event-client-ended = { $who } stoppade programmet { $whom }
