# Machine-made. Awaiting a native reader.
log-sound = Diiwaanku waa sax: { $size } sadar, oo { $erased } laga tirtiray sida xeerarku qabaan.
log-held = Waxaa la barbar dhigay goobaha hubinta ee { $sizes } sadar.
log-fault-gap = Diiwaanku waa jaban yahay: sadarka { $number } ayaa maqan.
log-fault-altered = Diiwaanka waa la beddelay: sadarka { $number } kuma habboona tiradiisa hubinta.
log-fault-missing = Waxa sadarka { $number } ku jiray waa maqan yihiin, sadarna ma sheegayo in la tirtiray.
log-fault-premature = Sadarka { $number } wuxuu sheegayaa in la tirtiray sadar aan weli jirin.
log-fault-short = Diiwaanku wuxuu leeyahay { $size } sadar, laakiin goobta hubintu waxay tirinaysaa { $checkpoint }. Sadarro ayaa laga saaray.
log-fault-rewritten = { $checkpoint } sadar ee ugu horreeya wax baa laga beddelay, laga saaray ama lagu daray tan iyo markii goobta hubinta la sameeyay.
log-fault-unsigned = Goobta hubinta ee ugu dambeysay, ee { $checkpoint } sadar, kuma saxiixna furaha diiwaanka. Waa la beddelay, ama furuhu waa mid kale.
log-fault-unreadable = Faylka goobta hubinta lama akhrin karo.
log-fault-key = Waxa ka dambeeya --key fure ma aha.
log-fault-checkpoint = Faylku ma aha goob hubin oo furuhu saxiixay.
