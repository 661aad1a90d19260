# Machine-made. Awaiting a native reader.
events-lead = ሰብ ኣብ ዘንበበሉ ግዜ ኩሉ፡ ከምኡውን ገለ ኣብ ዝቐየርኩምሉ ግዜ ኩሉ፡ ኣብዚ ይጽሓፍ።
events-none = ክሳብ ሕጂ ዝተፈጸመ የለን።
events-older = ናይ ቀደም ኣርእዩ
events-check = እቲ ዝርዝር ሙሉእ ድዩ፧
events-check-lead = ነፍሲ ወከፍ መስመር ምስቲ ቅድሚኡ ዘሎ መስመር ዝተኣሳሰረ እዩ። ዝጎደለ ወይ ዝተቐየረ መስመር ከም ዘየለ ከተረጋግጹ ትኽእሉ።
events-verify = ዝርዝር ኣረጋግጹ
events-whole = { $count ->
    [one] እቲ ዝርዝር ሙሉእ እዩ። { $count } መስመር ተረጋጊጹ።
   *[other] እቲ ዝርዝር ሙሉእ እዩ። { $count } መስመራት ተረጋጊጾም።
}
events-waiting = { $count ->
    [one] { $count } መስመር ተረጋጊጹ፡ ሙሉእ እውን እዩ። እቲ ሓድሽ መዕጸዊኡ ይጽበ ኣሎ። ድሕሪ ቁሩብ ፈትኑ።
   *[other] { $count } መስመራት ተረጋጊጾም፡ ሙሉኣት እውን እዮም። እቶም ሓደስቲ መዕጸዊኦም ይጽበዩ ኣለዉ። ድሕሪ ቁሩብ ፈትኑ።
}
events-broken = ኣብ መስመር { $line } ዘይልክዕ ነገር ኣሎ። እዚ ገጽ ሕተሙ እሞ ርኸቡና።
events-seal = ማሕተም ናይቲ ዝርዝር
events-seal-lead = እቲ ማሕተም ኣቐምጡ ወይ ሕተሙ። ሰብ ነቲ ዝርዝር ቀይርዎ እንተ ኾይኑ፡ ዳሕራይ ብእኡ ከተርእዩ ትኽእሉ።
who-you = ንስኹም
who-service = እቲ ኣገልግሎት
who-unknown = ሓደ ሰብ
who-token = ፕሮግራም { $label }፡ ሓላፊኡ { $by }
event-why = ምኽንያት፦ { $purpose }
event-case = ጉዳይ { $case }
event-times = { $count } ግዜ
event-account-created = ካርታኹም ፈጢርኩም
event-opened = ካርታ ብሓድሽ መገዲ ተኸፊቱ፦ { $who }
event-slot-added = ካርታ ዝኸፍት መገዲ ወሲኽኩም
event-slot-removed = ካርታ ዝኸፍት መገዲ ደምሲስኩም
event-keys-rotated = መዕጸዊታት ካርታ ቀይርኩም
event-entry-added = ኣብ { $sections } ገለ ወሲኽኩም
event-entry-changed = ኣብ { $sections } ገለ ቀይርኩም
event-entry-confirmed = ኣብ { $sections } ዘሎ ነገር ክሳብ ሕጂ ልክዕ ምዃኑ ኣረጋጊጽኩም
event-entry-deleted = ካብ { $sections } ገለ ደምሲስኩም
event-consent-given = ን{ $place } ምክፋል ጀሚርኩም
event-consent-changed = ን{ $place } እተካፍልዎ ቀይርኩም
event-consent-withdrawn = ን{ $place } ምክፋል ደው ኣቢልኩም
event-consent-expired = ን{ $place } ምክፋል ግዜኡ ሓሊፉ
event-consent-invalidated = ን{ $place } ምክፋል ተሰሪዙ
event-token-minted = ፕሮግራም ከንብብ ተፈቒዱሉ፦ { $who }፡ { $place }
event-token-revoked = ፕሮግራም ደው ኢሉ፦ { $who }፡ { $place }
event-token-minted-by = ፕሮግራም { $label } ከንብብ ተፈቒዱሉ፦ { $by }፡ { $place }
event-token-revoked-by = ፕሮግራም { $label } ደው ኢሉ፦ { $by }፡ { $place }
event-token-minted-at = ፕሮግራም { $label } ከንብብ ተፈቒዱሉ፦ { $place }
event-token-revoked-at = ፕሮግራም { $label } ደው ኢሉ፦ { $place }
event-sections-none = ዋላ ሓንቲ
event-read = { $sections } ተነቢቡ፦ { $who }፡ { $place }
event-copy-delivered = ቅዳሕ ናይ { $sections } ተዋሂቡ፦ { $who }፡ { $place }
event-denied = { $place } ንምንባብ ፈቲኖም፡ ግን ኣይተፈቕደሎምን
event-denied-unknown = ሓደ ሰብ ብዘየገልግል ኮድ ከንብብ ፈቲኑ
event-exported = ኣብ ካርታ ዘሎ ኩሉ ኣውሪድኩም
event-erase-asked = ኩሉ ክድምሰስ ሓቲትኩም
event-login-bound = ምእታውኩም ምስ ካርታ ተኣሳሲሩ
event-unit-blocked = ን{ $place } ዓጊትኩም
event-unit-unblocked = ን{ $place } ምዕጋት ደው ኣቢልኩም
event-staff-invited = { $who } ን{ $whom } ዓዲሙ
event-staff-joined = { $who } ናብቲ ቤት ጽሕፈት ተጸንቢሩ
event-staff-removed = { $who } ን{ $whom } ካብቲ ቤት ጽሕፈት ኣውጺኡ
event-unit-sheet-printed = { $who } ንቤት ጽሕፈት ሓድሽ መጠባበቒ ወረቐት ጌሩ
event-unit-keys-rotated = { $who } መዕጸዊታት ናይቲ ቤት ጽሕፈት ቀይሩ
event-client-added = { $who } ነቲ ፕሮግራም { $whom } ወሲኹዎ
event-client-changed = { $who } ነቲ ፕሮግራም { $whom } ቀይሩዎ
event-client-ended = { $who } ነቲ ፕሮግራም { $whom } ኣቋሪጹዎ
