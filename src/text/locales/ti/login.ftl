# Machine-made. Awaiting a native reader.
login-cancelled = ምእታው ኣቋሪጽኩም። ዝኾነ ነገር ኣይተገብረን።
login-too-late = ነዊሕ ግዜ ሓሊፉ፡ ወይ ምእታው ኣብ ካልእ መስኮት ተጀሚሩ። እንደገና እተዉ።
login-level = ኤለክትሮኒካዊ መንነትኩም ንዚ ኣይኣክልን። ዝለዓለ ደረጃ ውሕስነት ዘለዎ ተጠቐሙ።
login-unavailable = ምስቲ ብእኡ ክትኣትዉ ዝደለኹም ኣገልግሎት ሕጂ ክንራኸብ ኣይከኣልናን። ድሕሪ ቁሩብ ግዜ ፈትኑ።
login-failed = ካብቲ ብእኡ ዝኣተኹም ኣገልግሎት ውሑስ መልሲ ኣይረኸብናን። እንደገና ፈትኑ።
demo-idp-title = መንነት ንፈተነ
demo-idp-lead = ኣብዚ ኤለክትሮኒካዊ መንነት ኣየድልን። ኣብ ፈተነ መን ክትኮኑ ከም እትደልዩ ባዕልኹም ትመርጹ። ኩሎም ሰባት ዝተፈጥሩ እዮም።
demo-idp-choose = መን ክትኮኑ ትደልዩ፧
demo-idp-cancel = ኣቋርጹ
demo-idp-wrong = እዚ ገጽ ካብ መእተዊ ጥራይ እዩ ዝርከብ። ናብ መጀመርታ ገጽ ኬድኩም ካብኡ እተዉ።
demo-newcomer = ክሳብ ሕጂ ዘይተዓደመ ሰራሕተኛ
