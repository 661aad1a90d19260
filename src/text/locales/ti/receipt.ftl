# Machine-made. Awaiting a native reader.
receipt-title = ቅብሊት
receipt-lead = እቲ ቅብሊት እንታይ ከም እተካፍሉ፡ ምስ መን፡ ንምንታይን ክሳብ መዓስን ይገልጽ። ዝኾነ ከም ዘይተቐየረ ዘርኢ ማሕተም ኣለዎ። እንተደሊኹም ዓቅብዎ።
receipt-get = ነቲ ቅብሊት ኣውርዱ
receipt-reads = ቅብሊታት ናይቲ ዝተነበበ
receipt-read = ቅብሊት: { $when }
receipt-acknowledged = ተቐባሊ እቲ ምክፋል ከም ዘብቀዐ ከም ዝፈልጥ ተዛሪቡ። እዚ ብ{ $date } እዩ ነይሩ።
receipt-method = እቲ “እወ፡ ኣካፍል” ዝብል መልጎም፡ ድሕሪ እቲ ጽሑፍ ምርኣዩ
receipt-withdraw = እቲ ሰብ ምኽንያት ከይተዛረበ ኣብ ዝኾነ ግዜ ኣብቲ ገጽ ምክፋል ምክፋል ከቋርጽ ይኽእል።
receipt-right = ነቲ እወታ ናይ ምስሓብ መሰል
receipt-kept-view = ተቐባሊ ኣብ Egenkarta የንብብ፡ ዝኾነ ነገር ከይዕቅብ ድማ ቃል ኣትዩ።
receipt-kept-copy = ተቐባሊ ኣብ ጉዳዩ ቅዳሕ ክሕዝ ይኽእል፡ ናቱ ሕግታት መዝገብን ምስጢርን ድማ ይኽተል።
event-end-acknowledged = { $who } ኣብ { $place } እቲ ምክፋል ከም ዘብቀዐ ከም ዝፈልጡ ተዛሪቡ
who-program = መደብ { $name }
