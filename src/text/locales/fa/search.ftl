# Machine-made. Awaiting a native reader.
hit-same = همان کلمه‌ها
hit-beginning = این طور شروع می‌شود
hit-words = کلمه‌هایی دارد که نوشته‌اید
hit-spelling = تقریباً همین طور نوشته می‌شود
hit-other-name = نام دیگر: { $label }
hit-other-language = به زبانی دیگر: { $label }
hit-crosswalk = نزد ادارهٔ کار (Arbetsförmedlingen): { $label }
hit-former = نام پیشین: { $label }
hit-meaning = کار همانند
hit-in-language = { $how }. به این زبان نشان داده می‌شود: { $language }.
