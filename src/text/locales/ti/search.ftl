# Machine-made. Awaiting a native reader.
hit-same = ሓደ ዓይነት ቃላት
hit-words = ዝጸሓፍኩምዎም ቃላት ኣለዉዎ
hit-spelling = ተመሳሳሊ ኣጸሓሕፋ
hit-other-name = ካልእ ስሙ፡ { $label }
hit-other-language = ብኻልእ ቋንቋ፡ { $label }
hit-crosswalk = ኣብ ቤት ጽሕፈት ስራሕ (Arbetsförmedlingen)፡ { $label }
hit-former = ቅድም ስሙ፡ { $label }
hit-meaning = ተመሳሳሊ ስራሕ
hit-in-language = { $how }። ብ{ $language } ይርአ ኣሎ።
hit-shown-in = ብ{ $language } ይርአ ኣሎ
