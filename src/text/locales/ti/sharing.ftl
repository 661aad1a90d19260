# Machine-made. Awaiting a native reader.
sharing-lead = ኣብዚ ንመን ከም እተካፍሉ ትርእዩ። ኣብ ዝደለኹምዎ ግዜ ደው ከተብሉ ትኽእሉ።
sharing-new = ገለ ኣካፍሉ
sharing-closed = እቲ ካርታ ዕጹው እዩ። ንመን ከም እተካፍሉ ትርእዩ፡ ምክፋል እውን ደው ከተብሉ ትኽእሉ። ነቲ ዝተረፈ ንምርኣይ ካርታ ክፈቱ።
sharing-open = ካርታ ክፈቱ
sharing-live = ሕጂ ተካፍሉ ኣለኹም
sharing-none = ንማንም ኣይተካፍሉን ኣለኹም።
sharing-ended = ዝተወድኡ
term-code = ኮድ
term-purpose = ምኽንያት
term-what = ክርእይዎ ዝኽእሉ
term-until = ክሳብ
term-mode = ብኸመይ
term-read = ዝተነበበ
term-who = መን
term-name = ስምኩም
term-name-none = ኣይረአን
term-if-no = ኣይፋል እንተ በልኩም
term-stop = ምክፋል ከመይ ደው ከም እተብሉ
term-basis = ስለምንታይ ክጥቀሙሉ ከም ዝኽእሉ
term-authority = ጥርዓን
term-case = ጉዳይ
read-times = { $count ->
    [one] { $count } ግዜ፡ { $when }
   *[other] { $count } ግዜ፡ ኣብ መወዳእታ { $when }
}
read-never = ክሳብ ሕጂ ዘንበቦ የለን።
withdraw = ምክፋል ደው ኣብሉ
state-withdrawn = { $date } ተወዲኡ
state-you-withdrew = { $date } ምክፋል ደው ኣቢልኩም
state-expired = { $date } ግዜኡ ሓሊፉ
state-invalidated = { $date } ተሰሪዙ
state-not-answered = ኣይተመለሰን
share-title = ኣካፍሉ
share-step = ስጉምቲ { $step } ካብ 5
share-unit-title = ንመን ከተካፍሉ ትደልዩ፧
share-unit-lead = ነቲ ምስኡ እትራኸቡ ቤት ጽሕፈት ድለዩ።
share-unit-label = ስም ወይ ምምሕዳር ከተማ
share-unit-hint = ንኣብነት Arbetsförmedlingen ወይ Vetlanda።
share-unit-none = ከምዚ ዝስሙ ቤት ጽሕፈት የለን
share-unit-try = ሓጺር ቃል፡ ወይ ስም ናይቲ ምምሕዳር ከተማ ፈትኑ።
share-unit-found = { $count ->
    [one] { $count } ቤት ጽሕፈት
   *[other] { $count } ቤት ጽሕፈታት
}
share-unit-more = ካልኦት እውን ኣለዉ። ልክዕ ንምርካብ ወሲኽኩም ጽሓፉ።
share-unit-other = ካልእ ቤት ጽሕፈት ምረጹ
share-purpose-title = ስለምንታይ ን{ $unit } ከተካፍሉ ትደልዩ፧
share-purpose-legend = ሓደ ነገር ምረጹ። ንብዙሕ ነገራት ከተካፍሉ እንተ ደሊኹም፡ ንነፍሲ ወከፉ ንበይኑ ምክፋል ግበሩ።
share-what-title = { $unit } እንታይ ክርእዩ ይኽእሉ፧
share-what-lead = ክሳብ ሕጂ ዝተመርጸ የለን። እቲ ዘድሊ ጥራይ ምረጹ።
share-whole = { $count ->
    [0] ሙሉእ ክፍሊ። ሕጂ ባዶ እዩ፡ ዳሕራይ እትውስኽዎ ድማ ይስዕብ
    [one] ሙሉእ ክፍሊ፦ { $count } ሓበሬታን ዳሕራይ እትውስኽዎን
   *[other] ሙሉእ ክፍሊ፦ { $count } ሓበሬታታትን ዳሕራይ እትውስኽዎን
}
share-single = በብሓደ ምረጹ
share-entry = ኣካፍሉ
share-keep-out = ኣይተካፍሉ
share-others = ካልኦት ክፍልታት
share-sensitive = ተነቃፊ ሓበሬታ
share-sensitive-lead = ኣብ ነፍሲ ወከፉ ምልክት እንተ ገርኩም ጥራይ ይካፈል።
share-sensitive-here = እዚ ተነቃፊ እዩ
share-how-title = { $unit } ብኸመይን ክሳብ መዓስን ከንብቡ ይኽእሉ፧
share-mode = ብኸመይ፧
mode-view = ክርእዩ ይኽእሉ
mode-view-hint = ከድልዮም ከሎ ኣብዚ የንብቡ፡ ገለ ከም ዘየቐምጡ ድማ ቃል ኣትዮም ኣለዉ። ሰብ ብኢዱ ንከይጽሕፍ ክኽልክል ዝኽእል ቴክኖሎጂ የለን።
mode-copy = ቅዳሕ ይረኽቡ
mode-copy-hint = ኣብ ጉዳይኩም ዘቐምጥዎ ቅዳሕ ይረኽቡ። ምክፋል ደው ምስ ኣበልኩም እውን ኣብኦም ይተርፍ።
mode-view-short = ምርኣይ
mode-copy-short = ቅዳሕ
share-until = ክሳብ መዓስ፧
share-until-hint = ብዝነውሐ ክሳብ { $latest }። ኣቐዲምኩም ደው ከተብሉ ትኽእሉ።
share-until-other = ካልእ መዓልቲ
share-until-date = ናይ መወዳእታ መዓልቲ
share-name-legend = ስምኩም
share-name-hint = ክልቴኹም እትርእይዎ ኮድ ትረኽቡ። እንተ ደሊኹም ስምኩም ኣብ ጎድኑ ክጸሓፍ ይኽእል።
share-name = ስም { $name } ኣብ ጎድኒ እቲ ኮድ ኣርእዩ
share-question = ን{ $unit } ከተካፍሉ ትደልዩ ዲኹም፧
share-change-question = እቲ ን{ $unit } እተካፍልዎ ክትቅይሩ ትደልዩ ዲኹም፧
share-see = ልክዕ እቲ ክርእይዎ ዝኽእሉ ርኣዩ
share-stop = ኣብ ምክፋል ኣብ ዝደለኹምዎ ግዜ ደው ከተብሉ ትኽእሉ። ምኽንያት ክትህቡ ኣየድልየኩምን።
share-kept-view = ኣብ ጉዳይኩም ዝጽሕፍዎ፡ ምክፋል ደው እንተ ኣበልኩም እውን ኣብኦም ይተርፍ።
share-kept-copy = እቲ ቅዳሕ፡ ምክፋል ደው እንተ ኣበልኩም እውን ኣብኦም ይተርፍ። ኣብ መንግስታዊ ትካል ህዝባዊ ሰነድ ክኸውን ይኽእል።
share-passphrase-hint = ተነቃፊ ነገር ክተካፍሉ ከለኹም የድሊ።
share-yes = እወ፡ ኣካፍሉ
share-no = ኣይፋል፡ ኣይተካፍሉ
share-change-yes = እወ፡ ቀይሩ
share-change-no = ኣይፋል፡ ኣይትቀይሩ
share-preview = ንዓኣቶም ከምዚ ይረኣዮም
share-original-title = እዚ ጽሑፍ ብሽወደንኛ
share-original-lead = እቲ ትርጉም ብኮምፒዩተር ዝተገብረ እዩ። ትግርኛ ዝዛረብ ሰብ ክሳብ ሕጂ ኣየንበቦን። ስለዚ እቲ ናይ ሽወደንኛ ጽሑፍ እውን ኣብዚ ኣሎ።
reading-alike = እቲ ባዶን እቲ ዘይተኻፈለን ሓደ ዓይነት ይመስሉ፡ ክልቲኦም ኣብዚ የለዉን።
reading-folded = ስምን መራኸቢን፡ ክሳብ እትኸፍትዎ ሕቡእ እዩ ({ $count })
reading-empty = ኣብዚ ዝንበብ የለን።
reading-copy = ኣብ ጉዳይ ክቕመጥ ዝኽእል ቅዳሕ
reading-view = ምርኣይ። ዝኾነ ክቕመጥ ኣይፍቀድን
share-done-title = ሕጂ ተካፍሉ ኣለኹም
share-changed-title = ምክፋል ተቐይሩ ኣሎ
share-done-lead = { $unit }፡ { $organisation }፡ እቲ ዝመረጽኩምዎ ከንብቡ ይኽእሉ።
share-done-code = ናይ ሓባር ኮድኩም
share-done-say = ክትዛረብዎም ከለኹም እቲ ኮድ ንገርዎም፡ ሽዑ ምክፋልኩም ምዃኑ ይፈልጡ።
share-done-until = ክሳብ { $date } የገልግል።
share-done-see = ሰብ ኣብ ዘንበበሉ ግዜ ኩሉ፡ ኣብ ፍጻመታት ትርእይዎ።
share-done-open = ምክፋል ኣርእዩ
not-shared-title = ኣይኣካፈልኩምን
not-shared-text = ዝተላእከ የለን፡ ኣይፋል ከም ዝበልኩም እውን ማንም ኣይፈልጥን።
consent-title = ሓደ ምክፋል
consent-change-what = ክርእይዎ ዝኽእሉ ቀይሩ
consent-change-how = ንኽንደይ ግዜ ቀይሩ
consent-events = ዝተፈጸመ
consent-text = ዝመለስኩምሉ ጽሑፍ
consent-text-one = { $language }፡ ሕታም { $version }
consent-text-beside = { $text }። ኣብ ጎኑ { $original } ነይሩ።
consent-tokens = ከንብቡ ዝኽእሉ ፕሮግራማት
consent-tokens-lead = እቲ ቤት ጽሕፈት ንሓደ ፕሮግራም ከንብብ ፈቒዱ ኣሎ። ምክፋል ምስ ደው ኣበልኩም እዚ ደው ይብል።
withdraw-question = ን{ $unit } ምክፋል ደው ከተብሉ ትደልዩ ዲኹም፧
withdraw-meaning = ካብ ሕጂ ንደሓር ከንብቡ ኣይክእሉን። ምኽንያት ክትህቡ ኣየድልየኩምን።
withdraw-kept = ድሮ ኣብ ጉዳይኩም ዘቐመጥዎ ኣብኦም ይተርፍ።
withdraw-yes = እወ፡ ምክፋል ደው ኣብሉ
withdrawn-title = ድሕሪ ሕጂ ኣይተካፍሉን
withdrawn-lead = { $unit }፡ { $organisation }፡ ድሕሪ ሕጂ ከንብቡ ኣይክእሉን።
withdrawn-unread = ማንም ገለ ኣየንበበን።
withdrawn-read = { $count ->
    [one] { $count } ግዜ ኣንቢቦም።
   *[other] { $count } ግዜ ኣንቢቦም።
}
withdrawn-view = ኣብ ጉዳይኩም ዝጸሓፍዎ ኣብኦም ክተርፍ ይኽእል።
withdrawn-copy = ቅዳሕ ረኺቦም ኣለዉ። ኣብ ጉዳይኩም ኣብኦም ክተርፍ ይኽእል።
withdrawn-ask = እንታይ ከም ዘቐመጡ ክትሓትዎም፡ ክእርሙ ወይ ክድምስሱ እውን ክትልምንዎም ትኽእሉ።
wrong-unit = ካብቲ ዝርዝር ቤት ጽሕፈት ምረጹ።
wrong-purpose = ስለምንታይ ከተካፍሉ ከም እትደልዩ ምረጹ።
wrong-what = እንተ ወሓደ ሓደ እተካፍልዎ ነገር ምረጹ።
wrong-mode = ክርእዩ ጥራይ ወይ ቅዳሕ ክረኽቡ ምረጹ።
wrong-until = ክሳብ መዓስ ምረጹ። እታ መዓልቲ ዝመጽእ ክትከውን ኣለዋ፡ ግናኸ ድሕሪ { $latest } ክትከውን የብላን።
wrong-query = ስም ወይ ምምሕዳር ከተማ ጽሓፉ።
