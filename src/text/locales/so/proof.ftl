# Machine-made. Awaiting a native reader.

kind-credential = Shahaado cid kale bixisay
field-credential-name = Waxa shahaadadu ku saabsan tahay
field-credential-issuer = Cidda bixisay
field-credential-number = Lambarka hay’adda (organisationsnummer)
field-credential-issued = La bixiyay
field-credential-expires = Waxay shaqaynaysaa ilaa
field-credential-seqf = Heerka SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = Dhan ama qayb
choice-credential-part-whole = Dhan
choice-credential-part-part = Qayb
field-credential-proof = Shahaadada lafteeda

proof-unasked = Shahaado la hubiyo
proof-stands = Waxa shahaadadu sheegayso
proof-check = Hubi shahaadada
proof-check-lead = Koobbi qoraalka oo dheji bogga wax hubiya.
proof-text = Shahaadada lafteeda
proof-show = Qof tus
proof-files = Shahaadada fayl ahaan u soo saar
proof-files-lead = Adigu waad kaydsan kartaa, ama app kale ayaad gelin kartaa.
proof-file-sd-jwt = Boorso dijitaal ah (SD-JWT)
proof-file-badge = Calaamad ahaan (Open Badge)
proof-file-png = Calaamadda oo sawir ah (PNG)
proof-file-svg = Calaamadda oo sawir ah (SVG)
proof-file-elm = Waxa shahaadadu sheegayso, saxiix la’aan (ELM)
proof-file-eudi = Waxa shahaadadu sheegayso, boorsada EU-da, saxiix la’aan

claim-concepts = Xirfadaha shahaadada ku jira
claim-concepts-count = { $count ->
    [one] hal xirfad
   *[other] { $count } xirfadood
}
claim-given-name = Magacaaga koowaad
claim-family-name = Magacaaga qoyska

proofs-title = Shahaadooyin cid kale bixisay
proofs-lead = Halkan waxaad gelisaa shahaado lagu siiyay, waxaadna tustaa cidda aad rabto.

offer-title = Qaado shahaado
offer-lead = Ma lagu siiyay koodh warqad ku qoran ama isku xir? Halkan ku qor koodhka, markaas waxaad arkaysaa waxa uu yahay.
offer-code = Koodhkaaga
offer-code-hint = 28 xaraf. Xarfo waaweyn ama yaryar waa isku mid, jiitimahana waad ka tagi kartaa.
offer-show = I tus waxa aan helayo
offer-look = Marka hore waad eegi kartaa. Waxba ma dhacayaan ilaa aad haa tiraahdo.
offer-what = Waxa aad helayso
offer-lead-shown = Qof baa rabta inuu tan ku siiyo.
offer-accept-means = Haddii aad haa tiraahdo, shahaadada waxaa la gelinayaa khariidaddaada. Cid kale ma arkayso ilaa aad wadaagto ama aad tusto.
offer-accept = Haa, khariidaddayda geli
offer-leave = Hadda maya
offer-leave-means = Haddii aad doorato “Hadda maya”, waxba ma dhacayaan. Koodhka hadhow waa la isticmaali karaa.
offer-sign-in = Si aad u qaadato waa inaad gasho.
offer-unlock = Si aad u qaadato waa inaad furto khariidaddaada.
offer-again = Inta ka horreysa koodhka waannu xasuusnaanaynaa, ugu badnaan hal saac. Uma baahnid inaad mar kale qorto.
offer-to-sign-in = Gal
offer-to-unlock = Fur khariidaddayda
offer-none = Koodhkaas wax lagu helo ma jiraan. Waxaa laga yaabaa in la isticmaalay, lala noqday ama uu duugoobay. Weydii cidda ku siisay.
offer-broken = Shahaadadu sax ma aha. Weydii cidda koodhka ku siisay.
offer-wrong-length = Koodhku waa inuu leeyahay 28 xaraf. Eeg haddii wax ka maqan yihiin.
offer-wrong-check = Xaraf koodhka ku jira ayaa khaldan. Mar kale akhri.

proof-add-title = Ku dar shahaado
proof-add-lead = Hore ma u haysataa shahaado fayl ama qoraal ah? Marka hore waan hubinaynaa. Kaddib adigaa dooranaya inay khariidadda gasho iyo in kale.
proof-add-code = Ma koodh ayaad haysataa?
proof-add-file = Fayl
proof-add-choose = Dooro faylka
proof-add-file-hint = Ugu badnaan 5 MB. Wuxuu noqon karaa calaamad sawir ah, ama fayl qoraal ah oo shahaadadu ku jirto.
proof-add-check = Hubi faylka
proof-add-text = Qoraal
proof-add-paste = Dheji shahaadada
proof-add-text-hint = Sadar dheer oo xarfo iyo tirooyin ah, ama qoraal ku bilaabma qaanso.
proof-add-check-text = Hubi qoraalka
proof-review-title = Waxa shahaadadu sheegayso
proof-review-counts = Khariidadda shahaadadu way ka tirsan tahay inta ay shaqaynayso oo keliya. Haddii aannan garanayn cidda bixisay, waxaa loo tirinayaa xog aad adigu bixisay.
proof-review-add = Geli khariidaddayda
proof-review-not = Khariidadda laguma gelin karo. Cidda shahaadada ku siisay ka codso mid cusub.
proof-review-other = Dooro mid kale
proof-wrong-empty = Dooro fayl ama dheji qoraal.
proof-wrong-form = Tani ma aha shahaado aan akhrin karno.
proof-wrong-large = Shahaadadu aad bay u weyn tahay.

show-title = Tus shahaado
show-lead = Waxaad tusaysaa oo keliya shahaadada aad doorato. Khariidadda inteeda kale way xiran tahay.
show-none = Weli shahaado kuma lihid khariidadda.
show-which = Shahaadooyinkee rabtaa inaad tusto?
show-which-hint = Ugu badnaan { $most } hal mar.
show-how-title = Maxaa la arkayaa?
show-always = Kuwan mar walba way muuqdaan: waxa shahaadadu ku saabsan tahay, inta ay hubaal tahay, cidda bixisay iyo inta ay shaqaynayso.
show-claims = Calaamadee waxa kale ee la arkayo. Magacaagu wuxuu muuqanayaa oo keliya haddii aad doorato.
show-whole = Shahaadadan dhan ayaa la tusayaa. Qayb ka mid ah lama qarin karo.
show-whom = Yaa loogu talagalay?
show-whom-hint = Adiga oo keliya ayaa tan arka. Tusaale ahaan qor magaca shaqo-bixiye.
show-until = Ilaa goorma ayaa la furi karaa?
show-opens = Immisa jeer ayaa la furi karaa?
show-make = Samee isku xir
show-wrong-none = Dooro ugu yaraan hal shahaado.
show-wrong-many = Dooro ugu badnaan { $most } shahaado.
show-wrong-whom = Qor ugu badnaan { $most } xaraf.

showing-title = Shahaadadaada aad tusayso
showing-lead = Isku xirka, sawirka ama warqadda sii cidda arkaysa shahaadada.
showing-qr = Sawir mobiil lagu akhriyo. Wuxuu u horseedaa isla isku xirka.
showing-holds = Qofkii haysta isku xirka ama koodhka wuu arki karaa shahaadada. Markaad rabto waad joojin kartaa.
showing-term-whom = Loogu talagalay
showing-term-made = La sameeyay
showing-end = Hadda jooji
showing-openings = Goorta la furay
showing-unopened = Weli cidna ma furin.
showing-used-up = Waa la furay inta jeer ee aad dooratay, markii ugu dambaysay { $date }.
showing-ended-on = Waad joojisay { $date }.
showing-expired-on = Waqtigeedu wuu dhammaaday { $date }.
showing-of = Laga bilaabo { $date }
showings-title = Shahaadooyinka aad tusayso
showings-link = Qof tus shahaado
showings-lead = Halkan waxaad ku aragtaa waxa aad tusayso, iyo goorta qof furay.
showings-live = Hadda waa la furi karaa
showings-none = Hadda shahaado ma tusaysid.
showings-ended = Dhammaaday
paper-title = Shahaado karti
paper-how = Shahaadadan ka hubi
paper-until = Koodhku wuxuu shaqaynayaa ilaa { $date }.

done-taken = Shahaadadu waxay ku jirtaa khariidaddaada.
done-shown = Waa diyaar. Hadda waa la furi karaa.
done-ended = Waa la joojiyay. Cidna mar dambe ma furi karto.

event-proof-accepted = Waxaad qaadatay shahaado ay bixisay { $unit }
event-proof-added = Waxaad ku dartay shahaado ay bixisay { $unit }
event-showing-made = Waxaad bilowday inaad tusto shahaado
event-showing-opened = Qof ayaa furay shahaado aad tusayso
event-showing-ended = Waxaad joojisay tusista shahaado
event-showing-denied = Qof ayaa isku dayay inuu furo shahaado aanad hadda ka dib tusayn

gap-near-withdrawn = Shahaadada waa lala noqday:
gap-near-unchecked = Shahaadada hadda lama hubin karo:
