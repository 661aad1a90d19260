map-title-named = Min karta: { $name }
map-lead = Det här är vad du kan. Bara du bestämmer vem som får se det.
map-picture = Karta över det du kan
map-legend = Så visas hur en uppgift är styrkt
map-island = { $title } med { $count }
map-summary = { $count ->
    [one] Ett område: { $islands }.
   *[other] { $count } områden: { $islands }.
}
map-as-list = Samma karta som lista
map-empty-title = Här börjar din karta
map-empty = Börja med en sak som du kan. Den blir kartans första märke.
map-empty-skill = Skriv något du kan
map-review = Stämmer det här fortfarande?
map-review-lead = Det är mer än sex månader sedan du sa att det stämmer.
map-sections = Allt på kartan
map-vault = Bara för dig
map-vault-lead = Hälsa, livssituation och trygghet ligger för sig. De syns aldrig på bilden.
section-none = Inget än
section-count = { $count ->
    [one] en uppgift
   *[other] { $count } uppgifter
}
section-more = { $count ->
    [one] och en till
   *[other] och { $count } till
}
section-counted = { $section } ({ $count })
section-empty = Här står inget än.
section-vault = Det här ligger för sig. Det följer aldrig med när du delar ett helt avsnitt.
section-sensitive = Här finns känsliga uppgifter. De delas bara om du väljer ut var och en.
section-full = Avsnittet är fullt: { $count } uppgifter. Ta bort någon för att lägga till en ny.
section-add = Lägg till
entry-confirmed-on = Aktuell { $date }
entry-still = Det stämmer fortfarande
entry-stale = Uppgiften ändrades i ett annat fönster. Se efter och spara igen.
entry-never-shared = Det här går aldrig att dela. Bara du ser det.
entry-sensitive = Det här är känsligt. Det delas bara om du själv väljer det, för varje mottagare.
entry-audience = Vem kan läsa det här?
entry-audience-none = Bara du.
entry-versions = Tidigare versioner
entry-versions-none = Det finns inga.
entry-delete-question = Ta bort ”{ $heading }”?
entry-delete-meaning = Uppgiften och alla dess tidigare versioner förstörs. Det går inte att ångra.
entry-delete-shared = Den försvinner också för dem som du delar med. Det de har sparat finns kvar hos dem.
entry-delete-yes = Ja, ta bort
audience-title = De här kommer att se det
audience-title-sensitive = Vill du visa det för någon av dem?
audience-lead = Du delar redan avsnittet med dem. Kryssa i om någon inte ska se just det här.
audience-lead-sensitive = Du delar med dem. Det här är känsligt och syns inte för dem om du inte kryssar i.
audience-unsaved = Uppgiften är inte sparad än.
audience-save = Spara och visa för dem
audience-keep-out = Visa inte det här för { $place }
audience-include = Visa det här för { $place }
audience-until = till { $date }
delicate-title = Läs igenom innan du sparar
delicate-health = Det här kan handla om hälsa: { $words }. Alla som får den här delen av kartan läser det. Är det din egen hälsa hör det hemma under ”{ section-p12 }”, som du delar för sig.
delicate-crime = Det här kan handla om brott: { $words }. Alla som får den här delen av kartan läser det. Ingen behöver det för att se vad du kan, så ta hellre bort det.
delicate-number = Här står något som ser ut som ett personnummer. Det behövs inte här, så ta hellre bort det.
delicate-unsaved = Uppgiften är inte sparad än. Ändra, eller spara den som den är.
characters-left = Tecken kvar: 
characters-over = Tecken för mycket: 
concept-found = Förslag finns. Gå med piltangenterna.
concept-none = Inga förslag. Dina egna ord går bra.
concept-pick = Välj det som passar
concept-own = Mina egna ord: { $text }
done-saved = Det är sparat.
done-deleted = Det är borttaget.
done-confirmed = Tack. Du har sagt att det stämmer.
