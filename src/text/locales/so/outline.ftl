# Machine-made. Awaiting a native reader.
outlines-title = U daabac qiimaynta hay’adda
outlines-lead = Sharcigu wuxuu hay’ado dhowr ah ku waajibiyay inay ogaadaan waxa aad taqaan. Dooro tee. Markaas khariidaddaada waxaa loo daabacayaa sida ay iyagu u kala horreysiiyaan.
outlines-link = U daabac qiimaynta hay’adda
outline-own = Adiga oo keliya ayaa bogga arka. Adigaa go’aaminaya cidda warqadda helaysa.
outline-date = Laga daabacay Egenkarta { $date }.
outline-sensitive = Tani waa xasaasi. Warqadda waxay raacaysaa oo keliya marka ay halkan ku furan tahay.
outline-for = U daabac qof aad la wadaagto
outline-for-lead = Markaas waxaa raacaya oo keliya waxa aad wadaagto, iyo koodh ay yaqaannaan.
outline-shared = Waxaa loogu talagalay { $place }. Waa oo keliya waxa aad la wadaagto.
outline-rest-shared = Inta kale waxay ka akhrin karaan Egenkarta.
outline-rest = Inta kale waxay ku jirtaa Egenkarta qofka.
outline-qr = Koodh mobiilka lagu akhriyo. Waxaa furi kara oo keliya kuwa aad la wadaagto.
