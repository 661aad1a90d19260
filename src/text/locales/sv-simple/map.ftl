map-title-named = Min karta: { $name }
map-lead = Det här kan du. Bara du bestämmer vem som får se det.
map-picture = Karta över det du kan
map-legend = Så ser du hur säker en sak är
map-island = { $title } med { $count }
map-summary = { $count ->
    [one] Ett område: { $islands }.
   *[other] { $count } områden: { $islands }.
}
map-as-list = Samma karta som lista
map-empty-title = Här börjar din karta
map-empty = Skriv en sak som du kan. Den blir det första på kartan.
map-empty-skill = Skriv något du kan
map-review = Stämmer det här än?
map-review-lead = Du sa att det stämmer. Det var mer än sex månader sedan.
map-sections = Allt på kartan
map-vault = Bara för dig
map-vault-lead = Här är din hälsa, ditt liv och din trygghet. De syns aldrig på bilden.
section-none = Inget än
section-count = { $count ->
    [one] en sak
   *[other] { $count } saker
}
section-more = { $count ->
    [one] och en till
   *[other] och { $count } till
}
section-counted = { $section } ({ $count })
section-empty = Här står inget än.
section-vault = Det här ligger för sig. Det följer inte med när du delar en hel del av kartan.
section-sensitive = Det här är känsligt. Du delar det bara om du väljer varje sak för sig.
section-full = Här är fullt: { $count } saker. Ta bort en sak. Då får du plats med en ny.
section-add = Lägg till
entry-confirmed-on = Aktuell { $date }
entry-still = Det stämmer än
entry-stale = Det här ändrades i ett annat fönster. Titta efter. Spara sedan igen.
entry-never-shared = Du kan aldrig dela det här. Bara du ser det.
entry-sensitive = Det här är känsligt. Du väljer själv om du vill dela det. Du väljer för varje enhet.
entry-audience = Vem kan läsa det här?
entry-audience-none = Bara du.
entry-versions = Så stod det förut
entry-versions-none = Det finns inget äldre.
entry-delete-question = Ta bort ”{ $heading }”?
entry-delete-meaning = Vi tar bort den här saken. Allt som stod förut tas också bort. Du kan inte ångra det.
entry-delete-shared = De du delar med ser den inte mer. Men de kan ha sparat den. Då finns den kvar hos dem.
entry-delete-yes = Ja, ta bort
audience-title = De här får se det
audience-title-sensitive = Vill du visa det för någon av dem?
audience-lead = Du delar redan med dem. Ska någon inte se just det här? Sätt då ett kryss.
audience-lead-sensitive = Du delar med dem. Det här är känsligt. De ser det bara om du sätter ett kryss.
audience-unsaved = Uppgiften är inte sparad än.
audience-save = Spara och visa för dem
audience-keep-out = Visa inte det här för { $place }
audience-include = Visa det här för { $place }
audience-until = till { $date }
delicate-title = Läs en gång till
delicate-health = Det här kan handla om hälsa: { $words }. Alla som får den här delen kan läsa det. Handlar det om din hälsa? Skriv det då under ”{ section-p12 }”. Den delen delar du för sig.
delicate-crime = Det här kan handla om brott: { $words }. Alla som får den här delen kan läsa det. Ingen behöver veta det. Ta hellre bort det.
delicate-number = Här står något som ser ut som ett personnummer. Det behövs inte. Ta hellre bort det.
delicate-unsaved = Uppgiften är inte sparad än. Ändra, eller spara som det är.
characters-left = Tecken kvar: 
characters-over = Tecken för mycket: 
concept-found = Här är förslag. Gå med pilarna.
concept-none = Inga förslag. Dina egna ord är bra.
concept-pick = Välj det som passar
concept-own = Mina egna ord: { $text }
done-saved = Det är sparat.
done-deleted = Det är borta.
done-confirmed = Tack. Du har sagt att det stämmer.
