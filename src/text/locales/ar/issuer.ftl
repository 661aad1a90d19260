# Machine-made. Awaiting a native reader.
role-issuer = مُقيِّم
demo-offer = إثبات جاهز لك
demo-offer-lead = قطاع مهني من الخيال قيّم شخصاً وأعطى إثباتاً. استلمه في خريطتك بالرمز. الرمز صالح لمرة واحدة.
demo-offer-open = استلام الإثبات
