# Machine-made. Awaiting a native reader.
log-sound = እቲ መዝገብ ልክዕ እዩ፦ { $size } መስመራት፡ ካብኡ { $erased } ብመሰረት ሕግታት ዝተደምሰሰ።
log-held = ምስ ነጥብታት ቁጽጽር ኣብ { $sizes } መስመራት ተነጻጺሩ።
log-fault-gap = እቲ መዝገብ ብልሹው እዩ፦ መስመር { $number } ይጎድል።
log-fault-altered = እቲ መዝገብ ተቐይሩ እዩ፦ መስመር { $number } ምስ ናይ ቁጽጽር ቁጽሩ ኣይሰማማዕን።
log-fault-missing = ትሕዝቶ መስመር { $number } ጠፊኡ፡ ከም ዝተደምሰሰ ዝገልጽ መስመር ድማ የለን።
log-fault-premature = መስመር { $number } ገና ዘይነበረ መስመር ከም ዝተደምሰሰ ይገልጽ።
log-fault-short = እቲ መዝገብ { $size } መስመራት ኣለዎ፡ ነጥቢ ቁጽጽር ግን { $checkpoint } ይቖጽር። መስመራት ተኣልዮም ኣለዉ።
log-fault-rewritten = ኣብቶም ቀዳሞት { $checkpoint } መስመራት፡ ነጥቢ ቁጽጽር ካብ ዝግበር ንደሓር ዝተቐየረ፡ ዝተኣልየ ወይ ዝተወሰኸ ነገር ኣሎ።
log-fault-unsigned = እታ ሓዳሽ ነጥቢ ቁጽጽር፡ ኣብ { $checkpoint } መስመራት፡ ብመፍትሕ መዝገብ ኣይተፈረመትን። ተቐይራ እያ ወይ እቲ መፍትሕ ካልእ እዩ።
log-fault-unreadable = ነጥቢ ቁጽጽር ዘለዎ ፋይል ክንበብ ኣይክእልን።
log-fault-key = ድሕሪ --key ዘሎ መፍትሕ ኣይኮነን።
log-fault-checkpoint = እቲ ፋይል ብመፍትሕ ዝተፈረመ ነጥቢ ቁጽጽር ኣይኮነን።
