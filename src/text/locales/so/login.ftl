# Machine-made. Awaiting a native reader.
login-cancelled = Waad joojisay gelitaanka. Waxba ma dhicin.
login-too-late = Waqti dheer ayaa ku baxay, ama gelitaanku wuxuu ka bilaabmay daaqad kale. Mar kale gal.
login-level = Aqoonsigaaga elektaroonigga ahi halkan kuma filna. Isticmaal mid leh heer ammaan oo ka sarreeya.
login-unavailable = Hadda ma gaari karno adeegga aad ku rabtay inaad gasho. Wax yar ka dib isku day.
login-failed = Jawaab la hubo kama helin adeegga aad ku gashay. Isku day mar kale.
demo-idp-title = Aqoonsiga tijaabada
demo-idp-lead = Halkan looma baahna aqoonsi elektaroonig ah. Tijaabada adigaa dooranaya qofka aad noqonayso. Dadka oo dhan waa mala-awaal.
demo-idp-choose = Kuma ayaad rabtaa inaad noqoto?
demo-idp-cancel = Jooji
demo-idp-wrong = Boggan waxaa laga soo galaa gelitaanka oo keliya. Tag bogga hore oo halkaas ka gal.
demo-newcomer = Shaqaale aan weli la casuumin
