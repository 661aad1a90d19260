# Machine-made. Awaiting a native reader.
hit-same = Ті самі слова
hit-words = Має слова, які ви написали
hit-spelling = Схоже написання
hit-other-name = Інша назва: { $label }
hit-other-language = Іншою мовою: { $label }
hit-crosswalk = У службі зайнятості (Arbetsförmedlingen): { $label }
hit-former = Раніше називалося { $label }
hit-meaning = Схожа робота
hit-in-language = { $how }. Показано мовою: { $language }.
hit-shown-in = Показано мовою: { $language }
