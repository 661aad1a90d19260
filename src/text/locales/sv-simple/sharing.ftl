sharing-lead = Här ser du vem du delar med. Du kan sluta när du vill.
sharing-new = Dela något
sharing-closed = Kartan är låst. Du ser vem du delar med. Du kan sluta dela. Vill du se mer? Öppna kartan.
sharing-open = Öppna kartan
sharing-live = Du delar nu
sharing-none = Du delar inte med någon.
sharing-ended = Slut
term-code = Kod
term-purpose = Varför
term-what = Vad de får se
term-until = Till
term-mode = Hur
term-read = Läst
term-who = Vem
term-name = Ditt namn
term-name-none = Visas inte
term-if-no = Om du säger nej
term-stop = Så slutar du dela
term-basis = Varför de får läsa det
term-authority = Klaga
term-case = Ärende
read-times = { $count ->
    [one] En gång, { $when }
   *[other] { $count } gånger, senast { $when }
}
read-never = Ingen har läst än.
withdraw = Sluta dela
state-withdrawn = Slut { $date }
state-you-withdrew = Du slutade dela { $date }
state-expired = Tiden tog slut { $date }
state-invalidated = Stoppad { $date }
state-not-answered = Inget svar
share-title = Dela
share-step = Steg { $step } av 5
share-unit-title = Vem vill du dela med?
share-unit-lead = Sök den enhet som du har kontakt med.
share-unit-label = Namn eller kommun
share-unit-hint = Skriv till exempel Arbetsförmedlingen eller Vetlanda.
share-unit-none = Ingen enhet heter så
share-unit-try = Skriv ett kortare ord. Eller skriv namnet på en kommun.
share-unit-found = { $count ->
    [one] En enhet
   *[other] { $count } enheter
}
share-unit-more = Det finns fler. Skriv mer. Då hittar du rätt.
share-unit-other = Välj en annan enhet
share-purpose-title = Varför vill du dela med { $unit }?
share-purpose-legend = Välj en sak. Sedan kan du dela igen för en annan sak.
share-what-title = Vad får { $unit } se?
share-what-lead = Du har inte valt något än. Välj bara det som behövs.
share-whole = { $count ->
    [0] Allt här. Nu är det tomt. Det du skriver sedan kommer med
    [one] Allt här: en sak. Det du skriver sedan kommer med
   *[other] Allt här: { $count } saker. Det du skriver sedan kommer med
}
share-single = Välj en och en
share-entry = Dela
share-keep-out = Ta inte med
share-others = Fler delar av kartan
share-sensitive = Det som är känsligt
share-sensitive-lead = Du delar det bara om du sätter ett kryss. Sätt ett kryss för varje sak.
share-sensitive-here = Det här är känsligt
share-how-title = Hur får { $unit } läsa? Hur länge?
share-mode = Hur får de läsa?
mode-view = De får titta
mode-view-hint = De läser här när de behöver. De har lovat att inte spara. Men någon kan ändå skriva av. Det kan vi inte hindra.
mode-copy = De får en kopia
mode-copy-hint = De får en kopia. De lägger den i ditt ärende. Den finns kvar hos dem när du slutar dela.
mode-view-short = Titta
mode-copy-short = Kopia
share-until = Till när?
share-until-hint = Längst till { $latest }. Du kan sluta tidigare.
share-until-other = En annan dag
share-until-date = Sista dagen
share-name-legend = Ditt namn
share-name-hint = Du och de får samma kod. Vill du att ditt namn ska stå bredvid?
share-name = Visa namnet { $name } bredvid koden
share-question = Vill du dela med { $unit }?
share-change-question = Vill du ändra det du delar med { $unit }?
share-see = Se precis vad de får se
share-stop = Du kan sluta när du vill. Gå till Delningar. Du behöver inte säga varför.
share-kept-view = De kan skriva i ditt ärende. Det finns kvar hos dem när du slutar dela.
share-kept-copy = De har kvar kopian när du slutar dela. Hos en myndighet kan andra få läsa den. Det kallas allmän handling.
share-passphrase-hint = Det behövs när du delar något som är känsligt.
share-yes = Ja, dela
share-no = Nej, dela inte
share-change-yes = Ja, ändra
share-change-no = Nej, ändra inte
share-preview = Så här ser de det
share-original-title = Samma sak på vanlig svenska
share-original-lead = En dator har översatt texten. Ingen har läst den än. Därför står den svenska texten också här.
reading-alike = Något kan vara tomt. Något kan vara hemligt. Det ser likadant ut: det står inte här.
reading-folded = Namn och kontakt. Syns först när du öppnar ({ $count })
reading-empty = Här finns inget att läsa.
reading-copy = Kopia. Den får läggas i ärendet
reading-view = Titta. De får inte spara
share-done-title = Nu delar du
share-changed-title = Det är ändrat
share-done-lead = { $unit }, { $organisation }, kan läsa det du valde.
share-done-code = Er kod
share-done-say = Säg koden när du pratar med dem. Då vet de att det är du.
share-done-until = Den gäller till { $date }.
share-done-see = Gå till Händelser. Där ser du varje gång någon läser.
share-done-open = Visa det jag delar
not-shared-title = Du delade inte
not-shared-text = Inget är skickat. Ingen får veta att du sa nej.
consent-title = Det här delar du
consent-change-what = Ändra vad de får se
consent-change-how = Ändra hur länge
consent-events = Det här har hänt
consent-text = Texten du svarade på
consent-text-one = { $language }, version { $version }
consent-text-beside = { $text }. Bredvid stod { $original }.
consent-tokens = Program som kan läsa
consent-tokens-lead = Enheten låter ett program läsa. Det slutar när du slutar dela.
withdraw-question = Vill du sluta dela med { $unit }?
withdraw-meaning = Från och med nu kan de inte läsa. Du behöver inte säga varför.
withdraw-kept = De kan ha sparat något i ditt ärende. Det finns kvar hos dem.
withdraw-yes = Ja, sluta dela
withdrawn-title = Du delar inte mer
withdrawn-lead = { $unit }, { $organisation }, kan inte läsa mer.
withdrawn-unread = Ingen hann läsa något.
withdrawn-read = { $count ->
    [one] De har läst en gång.
   *[other] De har läst { $count } gånger.
}
withdrawn-view = De kan ha skrivit i ditt ärende. Det kan finnas kvar hos dem.
withdrawn-copy = De har fått en kopia. Den kan finnas kvar i ditt ärende hos dem.
withdrawn-ask = Du kan fråga vad de har sparat. Du kan be dem ändra det. Du kan be dem ta bort det.
wrong-unit = Välj en enhet i listan.
wrong-purpose = Välj varför du vill dela.
wrong-what = Välj minst en sak att dela.
wrong-mode = Välj om de får titta eller får en kopia.
wrong-until = Välj till när. Dagen måste ligga framåt. Välj inte en dag efter { $latest }.
wrong-query = Skriv ett namn eller en kommun.
