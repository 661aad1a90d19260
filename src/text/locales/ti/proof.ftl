# Machine-made. Awaiting a native reader.

kind-credential = ካብ ካልእ ዝተዋህበ ምስክር ወረቐት
field-credential-name = ምስክር ወረቐት ብዛዕባ እንታይ እዩ
field-credential-issuer = ዝሃበ
field-credential-number = ቁጽሪ ትካል (organisationsnummer)
field-credential-issued = ዝተዋህበሉ
field-credential-expires = ዘገልግለሉ ክሳብ
field-credential-seqf = ደረጃ SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = ሙሉእ ወይ ክፋል
choice-credential-part-whole = ሙሉእ
choice-credential-part-part = ክፋል
field-credential-proof = እቲ ምስክር ወረቐት ባዕሉ

proof-unasked = ክረጋገጽ ዘለዎ ምስክር ወረቐት
proof-stands = እቲ ምስክር ወረቐት እዚ ይብል
proof-check = እቲ ምስክር ወረቐት ኣረጋግጹ
proof-check-lead = እቲ ጽሑፍ ቅድሑ እሞ ኣብቲ ዘረጋግጽ ገጽ ለጥፍዎ።
proof-text = እቲ ምስክር ወረቐት ባዕሉ
proof-show = ንሰብ ኣርእዩ
proof-files = እቲ ምስክር ወረቐት ብፋይል ኣውጽኡ
proof-files-lead = ባዕልኹም ከተቐምጥዎ፡ ወይ ኣብ ካልእ ኣፕ ከተእትውዎ ትኽእሉ።
proof-file-sd-jwt = ንዲጂታላዊ ማሕፉዳ (SD-JWT)
proof-file-badge = ከም ባጅ (Open Badge)
proof-file-png = ባጅ ብስእሊ (PNG)
proof-file-svg = ባጅ ብስእሊ (SVG)
proof-file-elm = እቲ ምስክር ወረቐት ዝብሎ፡ ብዘይ ክታም (ELM)
proof-file-eudi = እቲ ምስክር ወረቐት ዝብሎ፡ ንማሕፉዳ ኤውሮጳዊ ሕብረት፡ ብዘይ ክታም

claim-concepts = ኣብቲ ምስክር ወረቐት ዘለዉ ክእለታት
claim-concepts-count = { $count ->
    [one] { $count } ክእለት
   *[other] { $count } ክእለታት
}
claim-given-name = ስምኩም
claim-family-name = ስም ስድራኹም

proofs-title = ካብ ካልኦት ዝተዋህበ ምስክር ወረቓቕቲ
proofs-lead = ኣብዚ ዝተዋህበኩም ምስክር ወረቐት ተእትዉ፡ ንዝደለኹምዎ ድማ ተርእዩ።

offer-title = ምስክር ወረቐት ተቐበሉ
offer-lead = ኣብ ወረቐት ኮድ ወይ መላግቦ ተዋሂብኩም ዲኹም፧ እቲ ኮድ ኣብዚ ጽሓፉ፡ ሽዑ ብዛዕባ እንታይ ምዃኑ ትርእዩ።
offer-code = ኮድኩም
offer-code-hint = 28 ፊደላት። ዓበይቲ ወይ ንኣሽቱ ፊደላት ፍልልይ የብሉን፡ ጭረታት እውን ክትገድፍዎ ትኽእሉ።
offer-show = ዝረኽቦ ኣርእዩ
offer-look = መጀመርታ ክትርእዩ ትኽእሉ። እወ ክሳብ እትብሉ ዝኾነ ነገር ኣይግበርን።
offer-what = እትረኽብዎ
offer-lead-shown = ሓደ ሰብ እዚ ክህበኩም ይደሊ።
offer-accept-means = እወ እንተ በልኩም እቲ ምስክር ወረቐት ኣብ ካርታኹም ይኣቱ። ክሳብ እተካፍልዎ ወይ እተርእይዎ ካልእ ማንም ኣይርእዮን።
offer-accept = እወ፡ ኣብ ካርታይ ኣእትዉ
offer-leave = ሕጂ ኣይፋል
offer-leave-means = “ሕጂ ኣይፋል” እንተ መረጽኩም ዝኾነ ነገር ኣይግበርን። እቲ ኮድ ዳሕራይ ከገልግል ይኽእል።
offer-sign-in = ንምቕባሉ ክትኣትዉ ኣለኩም።
offer-unlock = ንምቕባሉ ካርታኹም ክትከፍቱ ኣለኩም።
offer-again = ክሳብ ሽዑ እቲ ኮድ ንዝክሮ፡ እንተ በዝሐ ንሓደ ሰዓት። እንደገና ክትጽሕፍዎ ኣየድልየኩምን እዩ።
offer-to-sign-in = እተዉ
offer-to-unlock = ካርታይ ክፈቱ
offer-none = በዚ ኮድ ዝርከብ ነገር የለን። ድሮ ኣገልጊሉ፡ ተሳሒቡ ወይ ግዜኡ ሓሊፉ ይኸውን። ነቲ ዝሃበኩም ሕተቱ።
offer-broken = እቲ ምስክር ወረቐት ልክዕ ኣይኮነን። ነቲ ኮድ ዝሃበኩም ሕተቱ።
offer-wrong-length = እቲ ኮድ 28 ፊደላት ክህልዎ ኣለዎ። ዝጎደለ እንተ ሃልዩ ርኣዩ።
offer-wrong-check = ኣብቲ ኮድ ጌጋ ፊደል ኣሎ። እንደገና ኣንብብዎ።

proof-add-title = ምስክር ወረቐት ወስኹ
proof-add-lead = ብፋይል ወይ ብጽሑፍ ምስክር ወረቐት ድሮ ኣለኩም ድዩ፧ መጀመርታ ነረጋግጾ። ድሕሪኡ ኣብ ካርታ ክኣቱ እንተ ኾይኑ ትመርጹ።
proof-add-code = ኮድ ድዩ ዘለኩም፧
proof-add-file = ፋይል
proof-add-choose = ፋይል ምረጹ
proof-add-file-hint = እንተ በዝሐ 5 MB። ብስእሊ ዝቐረበ ባጅ፡ ወይ እቲ ምስክር ወረቐት ዘለዎ ናይ ጽሑፍ ፋይል ክኸውን ይኽእል።
proof-add-check = ፋይል ኣረጋግጹ
proof-add-text = ጽሑፍ
proof-add-paste = እቲ ምስክር ወረቐት ለጥፉ
proof-add-text-hint = ፊደላትን ኣሃዛትን ዘለዎ ነዊሕ መስመር፡ ወይ ብቕንፊ ዝጅምር ጽሑፍ።
proof-add-check-text = ጽሑፍ ኣረጋግጹ
proof-review-title = እቲ ምስክር ወረቐት እዚ ይብል
proof-review-counts = ኣብ ካርታ፡ እቲ ምስክር ወረቐት ክሳብ ዘገልገለ ጥራይ ይቑጸር። ነቲ ዝሃበ እንተ ዘይፈለጥናዮ፡ ከም ናይ ገዛእ ርእስኹም ሓበሬታ ይቑጸር።
proof-review-add = ኣብ ካርታይ ኣእትዉ
proof-review-not = ኣብ ካርታ ክኣቱ ኣይክእልን። ካብቲ ዝሃበኩም ሓድሽ ምስክር ወረቐት ሕተቱ።
proof-review-other = ካልእ ምረጹ
proof-wrong-empty = ፋይል ምረጹ ወይ ጽሑፍ ለጥፉ።
proof-wrong-form = እዚ ከነንብቦ እንኽእል ምስክር ወረቐት ኣይኮነን።
proof-wrong-large = እቲ ምስክር ወረቐት ኣዝዩ ዓቢ እዩ።

show-title = ምስክር ወረቐት ኣርእዩ
show-lead = እቲ እትመርጽዎ ምስክር ወረቐት ጥራይ ተርእዩ። እቲ ዝተረፈ ናይቲ ካርታ ዕጹው እዩ።
show-none = ክሳብ ሕጂ ኣብ ካርታኹም ምስክር ወረቐት የብልኩምን።
show-which = ኣየኖት ምስክር ወረቓቕቲ ከተርእዩ ትደልዩ፧
show-which-hint = ኣብ ሓደ ግዜ እንተ በዝሐ { $most }።
show-how-title = እንታይ ክረአ ትደልዩ፧
show-always = እዚ ኩሉ ግዜ ይረአ፦ እቲ ምስክር ወረቐት ብዛዕባ እንታይ ምዃኑ፡ ክሳብ ክንደይ ከም ዝተረጋገጸ፡ መን ከም ዝሃቦን ክሳብ መዓስ ከም ዘገልግልን።
show-claims = ተወሳኺ ክረአ ኣብ ዘለዎ ምልክት ግበሩ። ስምኩም እንተ መሪጽኩም ጥራይ ይረአ።
show-whole = እዚ ምስክር ወረቐት ብምሉኡ ይረአ። ክፋሉ ክሕባእ ኣይክእልን።
show-whom = ንመን እዩ፧
show-whom-hint = እዚ ንስኹም ጥራይ ትርእይዎ። ንኣብነት ስም ናይ ሓደ ኣስራሒ ጽሓፉ።
show-until = ክሳብ መዓስ ክኽፈት ይኽእል፧
show-opens = ክንደይ ግዜ ክኽፈት ይኽእል፧
show-make = መላግቦ ፍጠሩ
show-wrong-none = እንተ ወሓደ ሓደ ምስክር ወረቐት ምረጹ።
show-wrong-many = እንተ በዝሐ { $most } ምስክር ወረቓቕቲ ምረጹ።
show-wrong-whom = እንተ በዝሐ { $most } ፊደላት ጽሓፉ።

showing-title = እተርእይዎ ምስክር ወረቐት
showing-lead = ነቲ ምስክር ወረቐት ክርኢ ዘለዎ ሰብ፡ እቲ መላግቦ፡ እቲ ስእሊ ወይ እቲ ወረቐት ሃብዎ።
showing-qr = ብሞባይል ዝንበብ ስእሊ። ናብቲ ንሱ መላግቦ ይመርሕ።
showing-holds = እቲ መላግቦ ወይ ኮድ ዘለዎ ሰብ እቲ ምስክር ወረቐት ክርኢ ይኽእል። ኣብ ዝደለኹምዎ ግዜ ደው ከተብሉ ትኽእሉ።
showing-term-whom = ን
showing-term-made = ዝተፈጥረሉ
showing-end = ሕጂ ደው ኣብሉ
showing-openings = ዝተኸፈተሉ
showing-unopened = ክሳብ ሕጂ ዝኸፈቶ የለን።
showing-used-up = ክንድቲ ዝመረጽኩምዎ ግዜ ተኸፊቱ፡ ናይ መወዳእታ { $date }።
showing-ended-on = { $date } ደው ኣቢልኩምዎ።
showing-expired-on = { $date } ግዜኡ ሓሊፉ።
showing-of = ካብ { $date }
showings-title = እተርእይዎም ምስክር ወረቓቕቲ
showings-link = ምስክር ወረቐት ንሰብ ኣርእዩ
showings-lead = ኣብዚ እንታይ ከም እተርእዩ፡ ሰብ መዓስ ከም ዝኸፈቶ እውን ትርእዩ።
showings-live = ሕጂ ክኽፈቱ ይኽእሉ
showings-none = ሕጂ እተርእይዎ ምስክር ወረቐት የለን።
showings-ended = ዝተወድኡ
paper-title = ምስክር ወረቐት ብቕዓት
paper-how = እዚ ምስክር ወረቐት ኣብዚ ኣረጋግጹ፦
paper-until = እቲ ኮድ ክሳብ { $date } የገልግል።

done-taken = እቲ ምስክር ወረቐት ኣብ ካርታኹም ኣሎ።
done-shown = ድሉው እዩ። ሕጂ ክኽፈት ይኽእል።
done-ended = ተወዲኡ። ካብ ሕጂ ማንም ክኸፍቶ ኣይክእልን።

event-proof-accepted = ካብ { $unit } ምስክር ወረቐት ተቐቢልኩም
event-proof-added = ካብ { $unit } ዝተዋህበ ምስክር ወረቐት ወሲኽኩም
event-showing-made = ምስክር ወረቐት ምርኣይ ጀሚርኩም
event-showing-opened = ሓደ ሰብ እተርእይዎ ምስክር ወረቐት ከፊቱ
event-showing-ended = ምስክር ወረቐት ምርኣይ ደው ኣቢልኩም
event-showing-denied = ሓደ ሰብ ድሕሪ ሕጂ ዘይተርእይዎ ምስክር ወረቐት ክኸፍት ፈቲኑ

gap-near-withdrawn = እቲ ምስክር ወረቐት ተሳሒቡ፦
gap-near-unchecked = እቲ ምስክር ወረቐት ሕጂ ክረጋገጽ ኣይክእልን፦
