# Machine-made. Awaiting a native reader.
role-issuer = ارزیاب
demo-offer = مدرکی آمادهٔ گرفتن
demo-offer-lead = یک صنف خیالی کسی را ارزیابی کرده و مدرکی داده است. با کد، آن را به نقشهٔ خودتان بیاورید. کد فقط یک بار معتبر است.
demo-offer-open = گرفتن مدرک
