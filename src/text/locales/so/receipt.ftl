# Machine-made. Awaiting a native reader.
receipt-title = Rasiidh
receipt-lead = Rasiidhku wuxuu sheegayaa waxa aad wadaagto, cidda aad la wadaagto, sababta iyo ilaa goorma. Waxaa ku yaal shaabad muujinaysa in aan waxba la beddelin. Kaydso haddii aad rabto.
receipt-get = Soo deji rasiidhka
receipt-reads = Rasiidhada wixii la akhriyey
receipt-read = Rasiidh: { $when }
receipt-acknowledged = Qofka helay wuxuu sheegay inuu ogyahay in wadaaggu dhammaaday. Taasi waxay ahayd { $date }.
receipt-method = Badhanka ”Haa, wadaag”, ka dib markii qoraalka la tusay
receipt-withdraw = Qofku wuu joojin karaa wadaagga goor kasta, isagoo aan sheegin sababta, bogga Wadaagga.
receipt-right = Xaqa dib loogu noqdo oggolaanshaha
receipt-kept-view = Cidda hesha waxay ka akhridaa Egenkarta, waxayna ballanqaadday inaysan waxba kaydin.
receipt-kept-copy = Cidda hesha waxay nuqul ku haysan kartaa kiiskeeda, waxayna raacdaa xeerarkeeda kaydka iyo sirta.
event-end-acknowledged = { $who } oo jooga { $place } wuxuu sheegay inay og yihiin in wadaaggu dhammaaday
who-program = barnaamijka { $name }
