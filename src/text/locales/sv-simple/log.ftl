# What the check of the log says.

log-sound = Loggen är hel. Den har { $size } rader. { $erased } av dem är raderade enligt reglerna.
log-held = Vi har jämfört med kontrollpunkter vid { $sizes } rader.
log-fault-gap = Loggen är trasig. Rad { $number } är borta.
log-fault-altered = Någon har ändrat i loggen. Rad { $number } har fel kontrolltal.
log-fault-missing = Texten i rad { $number } är borta. Ingen rad säger varför.
log-fault-premature = Rad { $number } säger att en rad är raderad. Men den raden fanns inte än.
log-fault-short = Loggen har { $size } rader. Kontrollpunkten har { $checkpoint } rader. Rader är borta.
log-fault-rewritten = Någon har ändrat i de första { $checkpoint } raderna. Rader kan vara ändrade, borta eller nya.
log-fault-unsigned = Den nyaste kontrollpunkten har { $checkpoint } rader. Loggens nyckel har inte skrivit under den. Någon har ändrat den, eller nyckeln är en annan.
log-fault-unreadable = Vi kan inte läsa filen med kontrollpunkten.
log-fault-key = Det som står efter --key är ingen nyckel.
log-fault-checkpoint = Filen är ingen kontrollpunkt. Nyckeln har inte skrivit under den.
