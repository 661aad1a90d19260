# Machine-made. Awaiting a native reader.
events-lead = Mar kasta oo qof wax akhriyo, iyo mar kasta oo aad wax beddesho, halkan ayaa lagu qoraa.
events-none = Weli waxba ma dhicin.
events-older = Muuji kuwii hore
events-check = Liisku ma dhan yahay?
events-check-lead = Sadar kasta wuxuu ku xiran yahay sadarka ka horreeya. Waad hubin kartaa inaan sadarna maqnayn ama la beddelin.
events-verify = Hubi liiska
events-whole = { $count ->
    [one] Liisku waa dhan yahay. Hal sadar ayaa la hubiyay.
   *[other] Liisku waa dhan yahay. { $count } sadar ayaa la hubiyay.
}
events-waiting = { $count ->
    [one] Hal sadar ayaa la hubiyay, waana dhan yahay. Kan ugu dambeeya wuxuu sugayaa qufulkiisa. Wax yar ka dib isku day.
   *[other] { $count } sadar ayaa la hubiyay, waana dhan yihiin. Kuwa ugu dambeeya waxay sugayaan qufulkooda. Wax yar ka dib isku day.
}
events-broken = Wax baa ka khaldan sadarka { $line }. Daabac bogga oo nala soo xiriir.
events-seal = Shaabadda liiska
events-seal-lead = Kaydi ama daabac shaabadda. Hadhow waxaad ku muujin kartaa haddii qof liiska beddelay.
who-you = Adiga
who-service = Adeegga
who-unknown = Qof
who-token = Barnaamijka { $label }, oo { $by } mas’uul ka yahay
event-why = sababta: { $purpose }
event-case = kiis { $case }
event-times = { $count } jeer
event-account-created = Waxaad samaysay khariidaddaada
event-opened = Khariidadda hab cusub ayaa lagu furay: { $who }
event-slot-added = Waxaad ku dartay hab khariidadda lagu furo
event-slot-removed = Waxaad tirtirtay hab khariidadda lagu furo
event-keys-rotated = Waxaad beddeshay qufullada khariidadda
event-entry-added = Waxaad wax ku dartay { $sections }
event-entry-changed = Waxaad wax ka beddeshay { $sections }
event-entry-confirmed = Waxaad sheegtay in wax ku jira { $sections } weli sax yihiin
event-entry-deleted = Waxaad wax ka tirtirtay { $sections }
event-consent-given = Waxaad bilowday inaad la wadaagto { $place }
event-consent-changed = Waxaad beddeshay wadaagista aad la leedahay { $place }
event-consent-withdrawn = Waxaad joojisay la wadaagista { $place }
event-consent-expired = La wadaagista { $place } waqtigeedu wuu dhammaaday
event-consent-invalidated = La wadaagista { $place } waa la buriyay
event-token-minted = { $who } oo jooga { $place } ayaa barnaamij u oggolaaday inuu akhriyo
event-token-revoked = { $who } oo jooga { $place } ayaa joojiyay barnaamij
event-token-minted-by = { $by } oo jooga { $place } ayaa barnaamijka { $label } u oggolaaday inuu akhriyo
event-token-revoked-by = { $by } oo jooga { $place } ayaa joojiyay barnaamijka { $label }
event-token-minted-at = { $place } ayaa barnaamijka { $label } u oggolaaday inuu akhriyo
event-token-revoked-at = { $place } ayaa joojiyay barnaamijka { $label }
event-sections-none = waxba
event-read = { $who } oo jooga { $place } ayaa akhriyay { $sections }
event-copy-delivered = { $who } oo jooga { $place } ayaa helay nuqul ka mid ah { $sections }
event-denied = { $place } ayaa isku dayay inuu akhriyo, laakiin looma oggolaan
event-denied-unknown = Qof ayaa isku dayay inuu ku akhriyo koodh aan shaqaynayn
event-exported = Waxaad soo dejisay waxa khariidadda ku yaal oo dhan
event-erase-asked = Waxaad codsatay in wax walba la tirtiro
event-login-bound = Gelitaankaaga waxaa lagu xiray khariidadda
event-unit-blocked = Waxaad xannibtay { $place }
event-unit-unblocked = Waxaad ka qaadday xannibaadda { $place }
event-staff-invited = { $who } ayaa casuumay { $whom }
event-staff-joined = { $who } ayaa ku biiray xafiiska
event-staff-removed = { $who } ayaa { $whom } ka saaray xafiiska
event-unit-sheet-printed = { $who } ayaa xafiiska u sameeyay warqad kayd ah oo cusub
event-unit-keys-rotated = { $who } ayaa beddelay qufullada xafiiska
event-client-added = { $who } ayaa ku daray barnaamijka { $whom }
event-client-changed = { $who } ayaa beddelay barnaamijka { $whom }
event-client-ended = { $who } ayaa joojiyay barnaamijka { $whom }
