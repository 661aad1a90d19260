# Bevis: det man får, har och visar.

kind-credential = Ett bevis från någon annan
field-credential-name = Vad beviset gäller
field-credential-issuer = Vem som gav det
field-credential-number = Organisationsnummer
field-credential-issued = Gavs ut
field-credential-expires = Gäller till
field-credential-seqf = Nivå i SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = Hela eller en del
choice-credential-part-whole = Hela
choice-credential-part-part = En del
field-credential-proof = Själva beviset

proof-unasked = Bevis att kontrollera
proof-stands = Det här säger beviset
proof-check = Kontrollera beviset
proof-check-lead = Kopiera texten och klistra in den på sidan som kontrollerar.
proof-text = Själva beviset
proof-show = Visa det för någon
proof-files = Ta ut beviset som fil
proof-files-lead = Du kan spara det själv eller lägga det i en annan app.
proof-file-sd-jwt = För en plånbok (SD-JWT)
proof-file-badge = Som märke (Open Badge)
proof-file-png = Märke som bild (PNG)
proof-file-svg = Märke som bild (SVG)
proof-file-elm = Det som står i beviset, utan underskrift (ELM)
proof-file-eudi = Det som står i beviset, för EU:s plånbok, utan underskrift

claim-concepts = Färdigheter i beviset
claim-concepts-count = { $count ->
    [one] en färdighet
   *[other] { $count } färdigheter
}
claim-given-name = Ditt förnamn
claim-family-name = Ditt efternamn

proofs-title = Bevis från andra
proofs-lead = Här lägger du in ett bevis som du har fått, och visar det för den du vill.

offer-title = Ta emot ett bevis
offer-lead = Har du fått en kod på papper eller en länk? Skriv koden här, så får du se vad den gäller.
offer-code = Din kod
offer-code-hint = 28 tecken. Stora och små bokstäver går lika bra, och strecken kan du hoppa över.
offer-show = Visa vad jag får
offer-look = Du kan titta först. Inget händer förrän du säger ja.
offer-what = Det du får
offer-lead-shown = Det här vill någon ge dig.
offer-accept-means = Säger du ja läggs beviset i din karta. Ingen annan ser det förrän du delar eller visar det.
offer-accept = Ja, lägg det i min karta
offer-leave = Inte nu
offer-leave-means = Väljer du ”Inte nu” händer inget. Koden går att använda senare.
offer-sign-in = För att ta emot det behöver du logga in.
offer-unlock = För att ta emot det behöver du öppna din karta.
offer-again = Vi minns koden så länge, i högst en timme. Du behöver inte skriva den igen.
offer-to-sign-in = Logga in
offer-to-unlock = Öppna min karta
offer-none = Det finns inget att hämta med den koden. Den kan vara använd, tillbakatagen eller för gammal. Fråga den som gav dig den.
offer-broken = Beviset stämmer inte. Fråga den som gav dig koden.
offer-wrong-length = Koden ska ha 28 tecken. Se efter om något fattas.
offer-wrong-check = Ett tecken i koden är fel. Läs den en gång till.

proof-add-title = Lägg till ett bevis
proof-add-lead = Har du redan ett bevis som fil eller text? Vi kontrollerar det först. Sedan väljer du om det ska in i kartan.
proof-add-code = Har du en kod i stället?
proof-add-file = En fil
proof-add-choose = Välj filen
proof-add-file-hint = Högst 5 MB. Det kan vara ett märke som bild, eller en textfil med beviset.
proof-add-check = Kontrollera filen
proof-add-text = En text
proof-add-paste = Klistra in beviset
proof-add-text-hint = En lång rad med bokstäver och siffror, eller text som börjar med en klammer.
proof-add-check-text = Kontrollera texten
proof-review-title = Det här säger beviset
proof-review-counts = I kartan räknas beviset bara så länge det gäller. Känner vi inte den som gav det räknas det som din egen uppgift.
proof-review-add = Lägg det i min karta
proof-review-not = Det går inte att lägga i kartan. Be den som gav dig beviset om ett nytt.
proof-review-other = Välj ett annat
proof-wrong-empty = Välj en fil eller klistra in en text.
proof-wrong-form = Det här är inget bevis som vi kan läsa.
proof-wrong-large = Beviset är för stort.

show-title = Visa ett bevis
show-lead = Du visar bara det bevis du väljer. Resten av kartan är stängd.
show-none = Du har inget bevis i kartan än.
show-which = Vilka bevis vill du visa?
show-which-hint = Högst { $most } på en gång.
show-how-title = Vad ska synas?
show-always = Det här syns alltid: vad beviset gäller, hur säkert det är, vem som gav det och hur länge det gäller.
show-claims = Kryssa för det som också ska synas. Ditt namn syns bara om du väljer det.
show-whole = Det här beviset visas helt. Det går inte att dölja delar av det.
show-whom = Vem är det för?
show-whom-hint = Bara du ser det här. Skriv till exempel namnet på en arbetsgivare.
show-until = Hur länge ska det gå att öppna?
show-opens = Hur många gånger ska det gå att öppna?
show-make = Gör en länk
show-wrong-none = Välj minst ett bevis.
show-wrong-many = Välj högst { $most } bevis.
show-wrong-whom = Skriv högst { $most } tecken.

showing-title = Ditt bevis att visa
showing-lead = Ge länken, bilden eller pappret till den som ska få se beviset.
showing-qr = Bild att läsa med en mobil. Den leder till samma länk.
showing-holds = Den som har länken eller koden kan se beviset. Du kan avsluta när du vill.
showing-term-whom = För
showing-term-made = Gjordes
showing-end = Avsluta nu
showing-openings = När det öppnades
showing-unopened = Ingen har öppnat det än.
showing-used-up = Öppnat så många gånger som du valde, sista gången { $date }.
showing-ended-on = Du avslutade det { $date }.
showing-expired-on = Gick ut { $date }.
showing-of = Från { $date }
showings-title = Bevis som du visar
showings-link = Visa bevis för någon
showings-lead = Här ser du vad du visar, och när någon har öppnat det.
showings-live = Går att öppna nu
showings-none = Du visar inget bevis just nu.
showings-ended = Avslutat
paper-title = Bevis på kompetens
paper-how = Kontrollera det här beviset på
paper-until = Koden gäller till { $date }.

done-taken = Beviset ligger i din karta.
done-shown = Klart. Nu går det att öppna.
done-ended = Avslutat. Ingen kan öppna det mer.

event-proof-accepted = Du tog emot ett bevis från { $unit }
event-proof-added = Du lade till ett bevis från { $unit }
event-showing-made = Du började visa ett bevis
event-showing-opened = Någon öppnade ett bevis som du visar
event-showing-ended = Du slutade visa ett bevis
event-showing-denied = Någon försökte öppna ett bevis som du inte visar längre

gap-near-withdrawn = Beviset är återkallat:
gap-near-unchecked = Beviset går inte att kontrollera just nu:
