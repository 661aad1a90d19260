# What the check of the log says.

log-sound = The log is sound: { $size } lines, of which { $erased } erased by the rules.
log-held = Compared with checkpoints at { $sizes } lines.
log-fault-gap = The log is broken: line { $number } is missing.
log-fault-altered = The log has been altered: line { $number } does not match its checksum.
log-fault-missing = The content of line { $number } is gone, and no line says that it was erased.
log-fault-premature = Line { $number } says that a line was erased which did not exist yet.
log-fault-short = The log has { $size } lines, but the checkpoint counts { $checkpoint }. Lines have been removed.
log-fault-rewritten = Among the first { $checkpoint } lines something was altered, removed or put in since the checkpoint was made.
log-fault-unsigned = The newest checkpoint, at { $checkpoint } lines, is not signed by the log's key. It was altered, or the key is another.
log-fault-unreadable = The file with the checkpoint cannot be read.
log-fault-key = What follows --key is no key.
log-fault-checkpoint = The file is no checkpoint that the key has signed.
