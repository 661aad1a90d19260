# Kvitton: på en delning och på det som har lästs.
receipt-title = Kvitto
receipt-lead = Kvittot säger vad du delar, med vem, varför och till när. Det har ett sigill som visar att inget är ändrat. Spara det om du vill.
receipt-get = Hämta kvittot
receipt-reads = Kvitton på det som har lästs
receipt-read = Kvitto: { $when }
receipt-acknowledged = Mottagaren har sagt att de vet att delningen är slut. Det var { $date }.
receipt-method = Knappen ”Ja, dela”, efter att texten hade visats
receipt-withdraw = Personen kan sluta dela när som helst, utan att säga varför, på sidan Delningar.
receipt-right = Rätten att ta tillbaka sitt ja
receipt-kept-view = Mottagaren läser hos Egenkarta och har lovat att inte spara något.
receipt-kept-copy = Mottagaren får ha en kopia i sitt ärende och följer sina egna regler för arkiv och sekretess.
event-end-acknowledged = { $who } på { $place } har sagt att de vet att delningen är slut
who-program = programmet { $name }
