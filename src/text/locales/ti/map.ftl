# Machine-made. Awaiting a native reader.
map-title-named = ካርታይ፦ { $name }
map-lead = እዚ እቲ ክትገብርዎ እትኽእሉ እዩ። መን ክርእዮ ከም ዝኽእል ንስኹም ጥራይ ትውስኑ።
map-picture = ካርታ ናይቲ ክትገብርዎ እትኽእሉ
map-legend = ሓበሬታ ብኸመይ ከም ዝተረጋገጸ ከምዚ ይረአ
map-island = { $title } ምስ { $count }
map-summary = { $count ->
    [one] { $count } ክፍሊ፦ { $islands }።
   *[other] { $count } ክፍልታት፦ { $islands }።
}
map-as-list = ንሱ ካርታ ብዝርዝር
map-empty-title = ካርታኹም ኣብዚ ይጅምር
map-empty = ብሓደ ክትገብርዎ እትኽእሉ ነገር ጀምሩ። ናይ ካርታ ቀዳማይ ምልክት ይኸውን።
map-empty-skill = ክትገብርዎ እትኽእሉ ነገር ጽሓፉ
map-review = እዚ ክሳብ ሕጂ ልክዕ ድዩ፧
map-review-lead = ልክዕ እዩ ካብ እትብሉ ልዕሊ ሽዱሽተ ወርሒ ሓሊፉ።
map-sections = ኣብ ካርታ ዘሎ ኩሉ
map-vault = ንዓኹም ጥራይ
map-vault-lead = ጥዕና፡ ኩነታት ህይወትን ድሕነትን በይኖም ይቕመጡ። ኣብ ስእሊ ፈጺሞም ኣይረኣዩን።
section-none = ክሳብ ሕጂ የልቦን
section-count = { $count ->
    [one] { $count } ሓበሬታ
   *[other] { $count } ሓበሬታታት
}
section-more = { $count ->
    [one] ከምኡውን { $count } ተወሳኺ
   *[other] ከምኡውን { $count } ተወሰኽቲ
}
section-counted = { $section } ({ $count })
section-empty = ኣብዚ ክሳብ ሕጂ ዝተጻሕፈ የልቦን።
section-vault = እዚ በይኑ ዝተቐመጠ እዩ። ሙሉእ ክፍሊ ክተካፍሉ ከለኹም ፈጺሙ ኣይስዕብን።
section-sensitive = ኣብዚ ተነቃፊ ሓበሬታ ኣሎ። ነፍሲ ወከፉ እንተ መሪጽኩም ጥራይ ይካፈል።
section-full = እቲ ክፍሊ መሊኡ እዩ፦ { $count } ሓበሬታታት። ሓድሽ ንምውሳኽ ሓደ ደምስሱ።
section-add = ወስኹ
entry-confirmed-on = { $date } እዋናዊ
entry-still = ክሳብ ሕጂ ልክዕ እዩ
entry-stale = እዚ ሓበሬታ ኣብ ካልእ መስኮት ተቐይሩ ኣሎ። ርኣዩ እሞ እንደገና ኣቐምጡ።
entry-never-shared = እዚ ፈጺሙ ክካፈል ኣይክእልን። ንስኹም ጥራይ ትርእይዎ።
entry-sensitive = እዚ ተነቃፊ እዩ። ንነፍሲ ወከፍ ተቐባሊ ባዕልኹም እንተ መሪጽኩም ጥራይ ይካፈል።
entry-audience = እዚ መን ከንብቦ ይኽእል፧
entry-audience-none = ንስኹም ጥራይ።
entry-versions = ናይ ቀደም ቅዳሓት
entry-versions-none = የለዉን።
entry-delete-question = “{ $heading }” ክድምሰስ ድዩ፧
entry-delete-meaning = እቲ ሓበሬታን ናይ ቀደም ቅዳሓቱን ኩሉ ይጠፍእ። ክምለስ ኣይክእልን።
entry-delete-shared = ካብቶም እተካፍልዎም እውን ይጠፍእ። ዘቐመጥዎ ግን ኣብኦም ይተርፍ።
entry-delete-yes = እወ፡ ደምስሱ
audience-title = እዚኦም ክርእይዎ እዮም
audience-title-sensitive = ንሓደ ካብኦም ከተርእይዎ ትደልዩ ዲኹም፧
audience-lead = ነዚ ክፍሊ ድሮ ተካፍልዎም ኣለኹም። እዚ ክርእይዎ ንዘይብሎም ምልክት ግበሩ።
audience-lead-sensitive = ተካፍልዎም ኣለኹም። እዚ ተነቃፊ ስለ ዝኾነ፡ ምልክት እንተ ዘይገርኩም ኣይርእይዎን።
audience-unsaved = እዚ ሓበሬታ ገና ኣይተቐመጠን።
audience-save = ኣቐምጡን ንዓኣቶም ኣርእዩን
audience-keep-out = እዚ ን{ $place }፡ ኣይተርእዩ
audience-include = እዚ ን{ $place }፡ ኣርእዩ
audience-until = ክሳብ { $date }
delicate-title = ቅድሚ ምዕቃብኩም ኣንብብዎ
delicate-health = እዚ ብዛዕባ ጥዕና ክኸውን ይኽእል: { $words }። ነዚ ክፍሊ ካርታ ዝረክብ ኩሉ ከንብቦ እዩ። ብዛዕባ ናትኩም ጥዕና እንተኾይኑ፡ ኣብ “{ section-p12 }” እዩ ዝጽሓፍ፡ ንሱ ንበይኑ ይካፈል።
delicate-crime = እዚ ብዛዕባ ገበን ክኸውን ይኽእል: { $words }። ነዚ ክፍሊ ካርታ ዝረክብ ኩሉ ከንብቦ እዩ። እንታይ ከም እትኽእሉ ንምርኣይ ንማንም ኣየድልዮን እዩ፡ ስለዚ ምእላዩ ይሓይሽ።
delicate-number = ኣብዚ ቁጽሪ መለለዪ ሰብ ዝመስል ኣሎ። ኣብዚ ኣየድልን እዩ፡ ስለዚ ምእላዩ ይሓይሽ።
delicate-unsaved = እዚ ሓበሬታ ገና ኣይተቐመጠን። ለውጥዎ፡ ወይ ከም ዘለዎ ኣቐምጥዎ።
characters-left = ዝተረፈ ፊደላት፦ 
characters-over = ዝበዝሑ ፊደላት፦ 
concept-found = ሓሳባት ቀሪቦም ኣለዉ። ብመጠወቒ ፍላጻ ተጠቐሙ።
concept-none = ዝቐረበ ሓሳብ የለን። ናይ ገዛእ ርእስኹም ቃላት ይኸውን እዩ።
concept-pick = ዝሰማማዕ ምረጹ
concept-own = ናተይ ቃላት፦ { $text }
done-saved = ተቐሚጡ ኣሎ።
done-deleted = ተደምሲሱ ኣሎ።
done-confirmed = የቐንየልና። ልክዕ ምዃኑ ኣረጋጊጽኩም።
