sharing-lead = Här ser du vem du delar med. Du kan sluta när du vill.
sharing-new = Dela något
sharing-closed = Kartan är låst. Du ser vem du delar med, och du kan sluta dela. Öppna kartan för att se resten.
sharing-open = Öppna kartan
sharing-live = Du delar nu
sharing-none = Du delar inte med någon.
sharing-ended = Avslutade
term-code = Kod
term-purpose = Varför
term-what = Vad de får se
term-until = Till
term-mode = På vilket sätt
term-read = Läst
term-who = Vem
term-name = Ditt namn
term-name-none = Visas inte
term-if-no = Om du säger nej
term-stop = Så slutar du dela
term-basis = Varför de får använda det
term-authority = Klaga
term-case = Ärende
read-times = { $count ->
    [one] En gång, { $when }
   *[other] { $count } gånger, senast { $when }
}
read-never = Ingen har läst än.
withdraw = Sluta dela
state-withdrawn = Avslutad { $date }
state-you-withdrew = Du slutade dela { $date }
state-expired = Gick ut { $date }
state-invalidated = Upphävd { $date }
state-not-answered = Inte besvarad
share-title = Dela
share-step = Steg { $step } av 5
share-unit-title = Vem vill du dela med?
share-unit-lead = Sök efter den enhet som du har kontakt med.
share-unit-label = Namn eller kommun
share-unit-hint = Till exempel Arbetsförmedlingen eller Vetlanda.
share-unit-none = Ingen enhet heter så
share-unit-try = Prova med ett kortare ord, eller med kommunens namn.
share-unit-found = { $count ->
    [one] En enhet
   *[other] { $count } enheter
}
share-unit-more = Det finns fler. Skriv mer för att hitta rätt.
share-unit-other = Välj en annan enhet
share-purpose-title = Varför vill du dela med { $unit }?
share-purpose-legend = Välj en sak. Vill du dela för flera saker gör du en delning för varje.
share-what-title = Vad får { $unit } se?
share-what-lead = Inget är valt än. Välj bara det som behövs.
share-whole = { $count ->
    [0] Hela avsnittet. Det är tomt nu, och det du lägger till senare kommer med
    [one] Hela avsnittet: en uppgift, och det du lägger till senare
   *[other] Hela avsnittet: { $count } uppgifter, och det du lägger till senare
}
share-single = Välj en och en
share-entry = Dela
share-keep-out = Håll utanför
share-others = Fler avsnitt
share-sensitive = Känsliga uppgifter
share-sensitive-lead = De delas bara om du kryssar i var och en.
share-sensitive-here = Det här är känsligt
share-how-title = Hur får { $unit } läsa, och hur länge?
share-mode = På vilket sätt?
mode-view = De får titta
mode-view-hint = De läser här när de behöver och har lovat att inte spara något. Ingen teknik kan hindra den som vill skriva av.
mode-copy = De får en kopia
mode-copy-hint = De får en kopia att lägga i ditt ärende. Den finns kvar hos dem också när du slutar dela.
mode-view-short = Titta
mode-copy-short = Kopia
share-until = Till när?
share-until-hint = Längst till { $latest }. Du kan sluta tidigare.
share-until-other = En annan dag
share-until-date = Sista dagen
share-name-legend = Ditt namn
share-name-hint = Ni får en kod som ni båda ser. Om du vill kan ditt namn stå bredvid.
share-name = Visa namnet { $name } bredvid koden
share-question = Vill du dela med { $unit }?
share-change-question = Vill du ändra det du delar med { $unit }?
share-see = Se exakt det de får se
share-stop = Under Delningar kan du sluta när du vill. Du behöver inte säga varför.
share-kept-view = Det de skriver om i ditt ärende finns kvar hos dem, även om du slutar dela.
share-kept-copy = Kopian finns kvar hos dem, även om du slutar dela. Hos en myndighet kan den bli allmän handling.
share-passphrase-hint = Det behövs när du delar något känsligt.
share-yes = Ja, dela
share-no = Nej, dela inte
share-change-yes = Ja, ändra
share-change-no = Nej, ändra inte
share-preview = Så här ser det ut för dem
share-original-title = Samma sak på svenska
share-original-lead = Översättningen är gjord av en dator. Ingen som talar språket har läst den än. Därför står den svenska texten här också.
reading-alike = Det som är tomt och det som inte delas ser likadant ut: inget av det står här.
reading-folded = Namn och kontakt, dolt tills du öppnar ({ $count })
reading-empty = Här finns inget att läsa.
reading-copy = Kopia som får läggas i ärendet
reading-view = Titta. Inget får sparas
share-done-title = Nu delar du
share-changed-title = Delningen är ändrad
share-done-lead = { $unit }, { $organisation }, kan läsa det du valde.
share-done-code = Er gemensamma kod
share-done-say = Säg koden när du pratar med dem, så vet de att det är din delning.
share-done-until = Den gäller till { $date }.
share-done-see = Under Händelser ser du varje gång någon läser.
share-done-open = Visa delningen
not-shared-title = Du delade inte
not-shared-text = Inget har skickats, och ingen får veta att du svarade nej.
consent-title = En delning
consent-change-what = Ändra vad de får se
consent-change-how = Ändra hur länge
consent-events = Vad som har hänt
consent-text = Texten du svarade på
consent-text-one = { $language }, version { $version }
consent-text-beside = { $text }. Bredvid stod { $original }.
consent-tokens = Program som kan läsa
consent-tokens-lead = Enheten har gett ett program rätt att läsa. Det slutar när du slutar dela.
withdraw-question = Vill du sluta dela med { $unit }?
withdraw-meaning = De kan inte läsa mer, från och med nu. Du behöver inte säga varför.
withdraw-kept = Det de redan har sparat i ditt ärende finns kvar hos dem.
withdraw-yes = Ja, sluta dela
withdrawn-title = Du delar inte längre
withdrawn-lead = { $unit }, { $organisation }, kan inte läsa mer.
withdrawn-unread = Ingen hann läsa något.
withdrawn-read = { $count ->
    [one] De har läst en gång.
   *[other] De har läst { $count } gånger.
}
withdrawn-view = Det de har skrivit i ditt ärende kan finnas kvar hos dem.
withdrawn-copy = De har fått en kopia. Den kan finnas kvar i ditt ärende hos dem.
withdrawn-ask = Du kan fråga dem vad de har sparat, och be dem rätta eller ta bort.
wrong-unit = Välj en enhet i listan.
wrong-purpose = Välj varför du vill dela.
wrong-what = Välj minst en sak att dela.
wrong-mode = Välj om de får titta eller får en kopia.
wrong-until = Välj till när. Dagen måste ligga framåt, men inte efter { $latest }.
wrong-query = Skriv ett namn eller en kommun.
