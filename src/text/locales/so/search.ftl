# Machine-made. Awaiting a native reader.
hit-same = Isla erayadii
hit-words = Wuxuu leeyahay erayo aad qortay
hit-spelling = Higgaad u dhow
hit-other-name = Waxaa kale oo la yiraahdaa { $label }
hit-other-language = Luqad kale: { $label }
hit-crosswalk = Xafiiska Shaqada (Arbetsförmedlingen): { $label }
hit-former = Hore waxaa la odhan jiray { $label }
hit-meaning = Shaqo u eg
hit-in-language = { $how }. Waxaa lagu muujiyay: { $language }.
hit-shown-in = Waxaa lagu muujiyay: { $language }
