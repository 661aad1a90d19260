# Machine-made. Awaiting a native reader.
outlines-title = چاپ برای شناسایی توانایی‌ها
outlines-lead = به حکم قانون، چند اداره باید بررسی کنند که شما چه بلد هستید (kartläggning). انتخاب کنید کدام. آن‌وقت نقشهٔ شما به ترتیب آن‌ها چاپ می‌شود.
outlines-link = چاپ برای شناسایی توانایی‌ها
outline-own = فقط شما این صفحه را می‌بینید. خودتان تصمیم می‌گیرید چه کسی کاغذ را بگیرد.
outline-date = چاپ‌شده از Egenkarta در { $date }.
outline-sensitive = این حساس است. فقط وقتی روی کاغذ می‌آید که اینجا باز باشد.
outline-for = چاپ برای کسی که با او به اشتراک می‌گذارید
outline-for-lead = آن‌وقت فقط آنچه به اشتراک می‌گذارید می‌آید، با کدی که آن‌ها می‌شناسند.
outline-shared = برای { $unit }، { $organisation }. فقط آنچه با آن‌ها به اشتراک می‌گذارید.
outline-rest-shared = بقیه را می‌توانند در Egenkarta بخوانند.
outline-rest = بقیه در Egenkarta این شخص است.
outline-qr = کدی برای خواندن با گوشی. فقط برای کسانی باز می‌شود که با آن‌ها به اشتراک می‌گذارید.
