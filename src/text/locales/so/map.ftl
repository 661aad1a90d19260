# Machine-made. Awaiting a native reader.
map-title-named = Khariidaddayda: { $name }
map-lead = Tani waa waxa aad taqaan. Adiga keliya ayaa go’aaminaya cidda arki karta.
map-picture = Khariidadda waxa aad taqaan
map-legend = Sidan ayaa loo muujiyaa sida xog loo caddeeyay
map-island = { $title } oo leh { $count }
map-summary = { $count ->
    [one] Hal qayb: { $islands }.
   *[other] { $count } qaybood: { $islands }.
}
map-as-list = Isla khariidadda oo liis ah
map-empty-title = Halkan ayay khariidaddaadu ka bilaabanaysaa
map-empty = Ku bilow hal shay oo aad taqaan. Wuxuu noqonayaa calaamadda ugu horreysa ee khariidadda.
map-empty-skill = Qor wax aad taqaan
map-review = Tani weli ma sax baa?
map-review-lead = In ka badan lix bilood ayaa laga joogaa markii aad tiri waa sax.
map-sections = Waxa khariidadda ku yaal oo dhan
map-vault = Adiga oo keliya
map-vault-lead = Caafimaadka, xaaladda nolosha iyo badbaadadu gooni ayay u yaallaan. Marna sawirka kama muuqdaan.
section-none = Weli waxba
section-count = { $count ->
    [one] hal xog
   *[other] { $count } xogood
}
section-more = { $count ->
    [one] iyo mid kale
   *[other] iyo { $count } kale
}
section-counted = { $section } ({ $count })
section-empty = Weli waxba halkan kuma qorna.
section-vault = Tani gooni ayay u taal. Marna lama raaciyo marka aad qayb dhan wadaagto.
section-sensitive = Halkan waxaa ku jira xog xasaasi ah. Waxaa la wadaagaa oo keliya haddii aad mid mid u doorato.
section-full = Qaybtu way buuxdaa: { $count } xogood. Mid tirtir si aad mid cusub ugu darto.
section-add = Ku dar
entry-confirmed-on = La cusboonaysiiyay { $date }
entry-still = Weli waa sax
entry-stale = Xogtan waxaa lagu beddelay daaqad kale. Eeg oo mar kale kaydi.
entry-never-shared = Tan weligeed lama wadaagi karo. Adiga oo keliya ayaa arka.
entry-sensitive = Tani waa xasaasi. Waxaa la wadaagaa oo keliya haddii aad adigu doorato, mar kasta iyo qof kasta oo hela.
entry-audience = Yaa akhrin kara tan?
entry-audience-none = Adiga oo keliya.
entry-versions = Noocyadii hore
entry-versions-none = Ma jiraan.
entry-delete-question = Ma tirtiraysaa “{ $heading }”?
entry-delete-meaning = Xogta iyo noocyadeedii hore oo dhan waa la burburinayaa. Dib looma soo celin karo.
entry-delete-shared = Waxay sidoo kale ka baaba’aysaa kuwa aad la wadaagto. Wixii ay kaydsadeen iyaga ayay ku sii jirayaan.
entry-delete-yes = Haa, tirtir
audience-title = Kuwan ayaa arki doona
audience-title-sensitive = Ma rabtaa inaad mid ka mid ah tusto?
audience-lead = Qaybtan hore ayaad ula wadaagtaa. Sax saar kuwa aan la rabin inay tan arkaan.
audience-lead-sensitive = Iyaga ayaad wax la wadaagtaa. Tani waa xasaasi, mana arkaan haddii aadan sax saarin.
audience-unsaved = Xogtan weli lama kaydin.
audience-save = Kaydi oo iyaga tus
audience-keep-out = Tan ha tusin { $place }
audience-include = Tan tus { $place }
audience-until = ilaa { $date }
delicate-title = Akhri ka hor intaadan kaydin
delicate-health = Tani waxay ku saabsanaan kartaa caafimaad: { $words }. Qof kasta oo hela qaybtan khariidadda wuu akhrin doonaa. Haddii ay tahay caafimaadkaaga, waxay ka tirsan tahay “{ section-p12 }”, oo aad gooni u wadaagto.
delicate-crime = Tani waxay ku saabsanaan kartaa dembi: { $words }. Qof kasta oo hela qaybtan khariidadda wuu akhrin doonaa. Qofna uma baahna si uu u arko waxaad taqaan, markaa waxaa fiican inaad ka saarto.
delicate-number = Halkan waxaa ku qoran wax u eg lambarka aqoonsiga qofka. Halkan looma baahna, markaa waxaa fiican inaad ka saarto.
delicate-unsaved = Xogtan weli lama kaydin. Wax ka beddel, ama sida ay tahay u kaydi.
characters-left = Xarfaha kuu haray: 
characters-over = Xarfaha dheeraadka ah: 
concept-found = Talooyin ayaa muuqda. Isticmaal furayaasha fallaaraha.
concept-none = Talo ma jirto. Erayadaada ayaa ku filan.
concept-pick = Dooro kan ku habboon
concept-own = Erayadayda: { $text }
done-saved = Waa la kaydiyay.
done-deleted = Waa la tirtiray.
done-confirmed = Mahadsanid. Waxaad sheegtay inay sax tahay.
