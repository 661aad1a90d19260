# Machine-made. Awaiting a native reader.
sharing-lead = Halkan waxaad ku aragtaa cidda aad wax la wadaagto. Markaad rabto waad joojin kartaa.
sharing-new = Wax wadaag
sharing-closed = Khariidaddu way qufulan tahay. Waxaad arkaysaa cidda aad wax la wadaagto, waana joojin kartaa wadaagista. Fur khariidadda si aad inta kale u aragto.
sharing-open = Fur khariidadda
sharing-live = Hadda waxaad wadaagtaa
sharing-none = Cidna wax lama wadaagtid.
sharing-ended = Dhammaaday
term-code = Koodh
term-purpose = Sababta
term-what = Waxa ay arki karaan
term-until = Ilaa
term-mode = Sidee
term-read = La akhriyay
term-who = Kuma
term-name = Magacaaga
term-name-none = Lama muujiyo
term-if-no = Haddii aad maya tiraahdo
term-stop = Sida wadaagista loo joojiyo
term-basis = Sababta ay u isticmaali karaan
term-authority = Cabasho
term-case = Kiis
read-times = { $count ->
    [one] Hal mar, { $when }
   *[other] { $count } jeer, ugu dambayn { $when }
}
read-never = Weli cidna ma akhrin.
withdraw = Jooji wadaagista
state-withdrawn = La joojiyay { $date }
state-you-withdrew = Waxaad joojisay wadaagista { $date }
state-expired = Waqtigeedu wuu dhammaaday { $date }
state-invalidated = La buriyay { $date }
state-not-answered = Lama jawaabin
share-title = Wadaag
share-step = Tallaabo { $step } oo ka mid ah 5
share-unit-title = Yaad rabtaa inaad wax la wadaagto?
share-unit-lead = Raadi xafiiska aad la xiriirto.
share-unit-label = Magaca ama degmada
share-unit-hint = Tusaale Arbetsförmedlingen ama Vetlanda.
share-unit-none = Xafiis magacaas leh ma jiro
share-unit-try = Isku day eray ka gaaban, ama magaca degmada.
share-unit-found = { $count ->
    [one] Hal xafiis
   *[other] { $count } xafiis
}
share-unit-more = Kuwo kale ayaa jira. Wax badan qor si aad u hesho kan saxda ah.
share-unit-other = Dooro xafiis kale
share-purpose-title = Maxaad ula wadaagaysaa { $unit }?
share-purpose-legend = Hal shay dooro. Haddii aad wax badan u wadaagayso, mid kasta samee wadaagis gooni ah.
share-what-title = Maxay arki karaan { $unit }?
share-what-lead = Weli waxba lama dooran. Dooro waxa loo baahan yahay oo keliya.
share-whole = { $count ->
    [0] Qaybta oo dhan. Hadda way madhan tahay, waxa aad hadhow ku dartona waa la raacinayaa
    [one] Qaybta oo dhan: hal xog, iyo waxa aad hadhow ku darto
   *[other] Qaybta oo dhan: { $count } xogood, iyo waxa aad hadhow ku darto
}
share-single = Mid mid u dooro
share-entry = Wadaag
share-keep-out = Ka reeb
share-others = Qaybo kale
share-sensitive = Xog xasaasi ah
share-sensitive-lead = Waxaa la wadaagaa oo keliya haddii aad mid kasta sax saarto.
share-sensitive-here = Tani waa xasaasi
share-how-title = Sidee ayay { $unit } u akhrin karaan, ilaa goormase?
share-mode = Sidee?
mode-view = Way eegi karaan
mode-view-hint = Halkan ayay ku akhriyaan markay u baahdaan, waxayna ballan qaadeen inaysan waxba kaydsan. Farsamo ma joojin karto qof gacanta wax ku qorta.
mode-copy = Nuqul ayay helayaan
mode-copy-hint = Waxay helayaan nuqul ay kiiskaaga geliyaan. Iyaga ayuu ku sii jirayaa xitaa marka aad wadaagista joojiso.
mode-view-short = Eegis
mode-copy-short = Nuqul
share-until = Ilaa goorma?
share-until-hint = Ugu dambayn { $latest }. Hore ayaad u joojin kartaa.
share-until-other = Maalin kale
share-until-date = Maalinta ugu dambaysa
share-name-legend = Magacaaga
share-name-hint = Waxaad helaysaan koodh aad labadiinnuba aragtaan. Haddii aad rabto, magacaaga ayaa agtiisa lagu qori karaa.
share-name = Magaca { $name } ku muuji koodhka agtiisa
share-question = Ma rabtaa inaad la wadaagto { $unit }?
share-change-question = Ma rabtaa inaad beddesho waxa aad la wadaagto { $unit }?
share-see = Eeg sida saxda ah waxa ay arki karaan
share-stop = Qaybta Wadaagista ayaad ka joojin kartaa markaad rabto. Uma baahnid inaad sababta sheegto.
share-kept-view = Waxa ay kiiskaaga ku qoraan iyaga ayay ku sii jirayaan, xitaa haddii aad wadaagista joojiso.
share-kept-copy = Nuqulku iyaga ayuu ku sii jirayaa, xitaa haddii aad wadaagista joojiso. Hay’ad dawladeed agteed wuxuu noqon karaa dukumenti dadweyne.
share-passphrase-hint = Waa loo baahan yahay marka aad wax xasaasi ah wadaagayso.
share-yes = Haa, wadaag
share-no = Maya, ha wadaagin
share-change-yes = Haa, beddel
share-change-no = Maya, ha beddelin
share-preview = Sidan ayay iyaga ugu muuqataa
share-original-title = Isla qoraalka oo Iswiidhish ah
share-original-lead = Tarjumaadda waxaa sameeyay kombiyuutar. Weli ma akhriyin qof Soomaali ku hadla. Sidaas darteed qoraalka Iswiidhishka ahi halkan ayuu sidoo kale ku yaal.
reading-alike = Waxa maran iyo waxa aan la wadaagin waa isku muuqaal: midkoodna halkan kuma qorna.
reading-folded = Magaca iyo xiriirka, way qarsan yihiin ilaa aad furto ({ $count })
reading-empty = Halkan wax la akhriyo ma yaallaan.
reading-copy = Nuqul la gelin karo kiiska
reading-view = Eegis. Waxba lama kaydin karo
share-done-title = Hadda waad wadaagaysaa
share-changed-title = Wadaagista waa la beddelay
share-done-lead = { $unit }, { $organisation }, way akhrin karaan waxa aad dooratay.
share-done-code = Koodhka idinka dhexeeya
share-done-say = Sheeg koodhka marka aad la hadasho, si ay u ogaadaan inay tahay wadaagistaada.
share-done-until = Wuxuu shaqaynayaa ilaa { $date }.
share-done-see = Qaybta Dhacdooyinka waxaad ku aragtaa mar kasta oo wax la akhriyo.
share-done-open = Muuji wadaagista
not-shared-title = Ma aadan wadaagin
not-shared-text = Waxba lama dirin, cidna ma ogaanayso inaad maya tiri.
consent-title = Wadaagis
consent-change-what = Beddel waxa ay arki karaan
consent-change-how = Beddel inta ay socoto
consent-events = Wixii dhacay
consent-text = Qoraalka aad ka jawaabtay
consent-text-one = { $language }, nooca { $version }
consent-text-beside = { $text }. Dhinaceeda waxaa ku yaallay { $original }.
consent-tokens = Barnaamijyada akhrin kara
consent-tokens-lead = Xafiisku wuxuu barnaamij u oggolaaday inuu akhriyo. Way istaagaysaa marka aad wadaagista joojiso.
withdraw-question = Ma rabtaa inaad joojiso la wadaagista { $unit }?
withdraw-meaning = Hadda laga bilaabo wax dambe ma akhrin karaan. Uma baahnid inaad sababta sheegto.
withdraw-kept = Wixii ay hore ugu kaydiyeen kiiskaaga iyaga ayay ku sii jirayaan.
withdraw-yes = Haa, jooji wadaagista
withdrawn-title = Hadda ka dib ma wadaagtid
withdrawn-lead = { $unit }, { $organisation }, wax dambe ma akhrin karaan.
withdrawn-unread = Cidna waxba ma akhrin.
withdrawn-read = { $count ->
    [one] Hal mar ayay akhriyeen.
   *[other] { $count } jeer ayay akhriyeen.
}
withdrawn-view = Waxa ay kiiskaaga ku qoreen way ku sii jiri karaan iyaga.
withdrawn-copy = Waxay heleen nuqul. Wuxuu ku sii jiri karaa kiiskaaga oo ay hayaan.
withdrawn-ask = Waad weydiin kartaa waxa ay kaydiyeen, waxaadna ka codsan kartaa inay saxaan ama tirtiraan.
wrong-unit = Liiska ka dooro xafiis.
wrong-purpose = Dooro sababta aad u wadaagayso.
wrong-what = Dooro ugu yaraan hal shay oo aad wadaagto.
wrong-mode = Dooro inay eegi karaan ama inay nuqul helaan.
wrong-until = Dooro ilaa goorma. Maalintu waa inay tahay mid soo socota, laakiin aan ka dambayn { $latest }.
wrong-query = Qor magac ama degmo.
