# Machine-made. Awaiting a native reader.
outlines-title = ንገምጋም መንግስታዊ ትካል ሕተሙ
outlines-lead = ሕጊ፡ ሓያሎ መንግስታዊ ትካላት እንታይ ከም እትኽእሉ ክፈልጣ ይእዝዝ። ኣየናይ ምዃኑ ምረጹ። ሽዑ ካርታኹም ብናቶም ቅደም ተኸተል ይሕተም።
outlines-link = ንገምጋም መንግስታዊ ትካል ሕተሙ
outline-own = እዚ ገጽ ንስኹም ጥራይ ትርእይዎ። እቲ ወረቐት መን ከም ዝረኽቦ ባዕልኹም ትውስኑ።
outline-date = ካብ Egenkarta { $date } ተሓቲሙ።
outline-sensitive = እዚ ተነቃፊ እዩ። ኣብዚ ክፉት እንተ ኾይኑ ጥራይ ኣብቲ ወረቐት ይኣቱ።
outline-for = ነቲ እተካፍልዎ ሰብ ሕተሙ
outline-for-lead = ሽዑ እቲ እተካፍልዎ ጥራይ ይኣቱ፡ ዝፈልጥዎ ኮድ ድማ።
outline-shared = ን{ $place }። እቲ ንዓኣቶም እተካፍልዎ ጥራይ።
outline-rest-shared = ነቲ ዝተረፈ ኣብ Egenkarta ከንብብዎ ይኽእሉ።
outline-rest = እቲ ዝተረፈ ኣብ Egenkarta ናይቲ ሰብ ኣሎ።
outline-qr = ብሞባይል ዝንበብ ኮድ። እቶም እተካፍልዎም ጥራይ ክኸፍትዎ ይኽእሉ።
