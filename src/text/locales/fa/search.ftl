# Machine-made. Awaiting a native reader.
hit-same = همان کلمه‌ها
hit-words = کلمه‌هایی دارد که نوشته‌اید
hit-spelling = املای مشابه
hit-other-name = نام دیگر: { $label }
hit-other-language = به زبانی دیگر: { $label }
hit-crosswalk = نزد ادارهٔ کار (Arbetsförmedlingen): { $label }
hit-former = نام پیشین: { $label }
hit-meaning = کار همانند
hit-in-language = { $how }. به این زبان نشان داده می‌شود: { $language }.
hit-shown-in = به این زبان نشان داده می‌شود: { $language }
