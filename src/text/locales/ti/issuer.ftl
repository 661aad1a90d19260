# Machine-made. Awaiting a native reader.
role-issuer = ገምጋሚ
demo-offer = ክትወስድዎ እትኽእሉ ምስክር ወረቐት
demo-offer-lead = ዝተፈጥረ ናይ ሞያ ማሕበር ንሓደ ሰብ ገምጊሙ ምስክር ወረቐት ሂቡ። በቲ ኮድ ናብ ካርታኹም ውሰድዎ። ሓንሳብ ጥራይ የገልግል።
demo-offer-open = ምስክር ወረቐት ውሰዱ
