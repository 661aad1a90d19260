# What the check of the log says.

log-sound = Loggen stämmer: { $size } rader, varav { $erased } raderade enligt reglerna.
log-held = Jämförd med kontrollpunkter vid { $sizes } rader.
log-fault-gap = Loggen är trasig: rad { $number } fattas.
log-fault-altered = Loggen är ändrad: rad { $number } stämmer inte med sitt kontrolltal.
log-fault-missing = Innehållet i rad { $number } är borta utan att någon rad säger att det raderats.
log-fault-premature = Rad { $number } säger att en rad raderats som inte fanns än.
log-fault-short = Loggen har { $size } rader, men kontrollpunkten räknar { $checkpoint }. Rader har tagits bort.
log-fault-rewritten = Bland de första { $checkpoint } raderna har något ändrats, tagits bort eller lagts till sedan kontrollpunkten gjordes.
log-fault-unsigned = Den nyaste kontrollpunkten, vid { $checkpoint } rader, är inte underskriven med loggens nyckel. Någon har ändrat den, eller så är nyckeln en annan.
log-fault-unreadable = Filen med kontrollpunkten går inte att läsa.
log-fault-key = Det som står efter --key är ingen nyckel.
log-fault-checkpoint = Filen är ingen kontrollpunkt som nyckeln har skrivit under.
