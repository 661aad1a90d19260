# Machine-made. Awaiting a native reader.
renamed-title = እዚኦም ሓድሽ ስም ኣለዎም
renamed-now = ሕጂ ስሙ፡
renamed-still = ዝርዝር ሞያታትን ክእለታትን ተቐይሩ። ዝጸሓፍኩምዎ ክሳብ ሕጂ ቅኑዕ እዩ። ነቲ ሓድሽ ስም ትደልይዎ ዶ፧ ቀይሩ ምረጽዎ።
