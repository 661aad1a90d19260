# Machine-made. Awaiting a native reader.
role-issuer = Qiimeeye
demo-offer = Shahaado la soo qaato
demo-offer-lead = Laan shaqo oo mala-awaal ah ayaa qof qiimaysay oo shahaado siisay. Koodhka ku soo qaado oo geli khariidaddaada. Hal mar ayuu shaqaynayaa.
demo-offer-open = Soo qaado shahaadada
