# Machine-made. Awaiting a native reader.
sharing-lead = اینجا می‌بینید با چه کسانی به اشتراک می‌گذارید. هر وقت بخواهید می‌توانید پایان دهید.
sharing-new = به اشتراک گذاشتن
sharing-closed = نقشه قفل است. می‌بینید با چه کسانی به اشتراک می‌گذارید و می‌توانید پایان دهید. برای دیدن بقیه، نقشه را باز کنید.
sharing-open = باز کردن نقشه
sharing-live = اکنون به اشتراک می‌گذارید
sharing-none = با هیچ کس به اشتراک نمی‌گذارید.
sharing-ended = پایان‌یافته
term-code = کد
term-purpose = دلیل
term-what = آنچه می‌توانند ببینند
term-until = تا
term-mode = به چه شکل
term-read = خوانده‌شده
term-who = چه کسی
term-name = نام شما
term-name-none = نشان داده نمی‌شود
term-if-no = اگر بگویید نه
term-stop = روش پایان دادن به اشتراک
term-basis = چرا اجازهٔ استفاده دارند
term-authority = شکایت
term-case = پرونده
read-times = { $count ->
    [one] { $count } بار، { $when }
   *[other] { $count } بار، آخرین بار { $when }
}
read-never = هنوز کسی نخوانده است.
withdraw = پایان اشتراک
state-withdrawn = پایان‌یافته در { $date }
state-you-withdrew = در { $date } به اشتراک پایان دادید
state-expired = مدت آن در { $date } تمام شد
state-invalidated = لغوشده در { $date }
state-not-answered = بی‌پاسخ
share-title = به اشتراک گذاشتن
share-step = گام { $step } از 5
share-unit-title = می‌خواهید با چه کسی به اشتراک بگذارید؟
share-unit-lead = واحدی را که با آن در تماس هستید جستجو کنید.
share-unit-label = نام یا کمون
share-unit-hint = برای نمونه Arbetsförmedlingen یا Vetlanda.
share-unit-none = واحدی با این نام نیست
share-unit-try = کلمهٔ کوتاه‌تر یا نام کمون را امتحان کنید.
share-unit-found = { $count ->
    [one] { $count } واحد
   *[other] { $count } واحد
}
share-unit-more = موارد بیشتری هست. برای پیدا کردن مورد درست بیشتر بنویسید.
share-unit-other = انتخاب واحد دیگر
share-purpose-title = چرا می‌خواهید با { $unit } به اشتراک بگذارید؟
share-purpose-legend = یکی را انتخاب کنید. اگر برای چند کار می‌خواهید، برای هر کدام یک اشتراک جدا بسازید.
share-what-title = { $unit } چه چیزی را ببیند؟
share-what-lead = هنوز چیزی انتخاب نشده است. فقط آنچه را لازم است انتخاب کنید.
share-whole = { $count ->
    [0] همهٔ بخش. اکنون خالی است و آنچه بعداً اضافه کنید هم همراه آن می‌رود
    [one] همهٔ بخش: { $count } مورد، و آنچه بعداً اضافه کنید
   *[other] همهٔ بخش: { $count } مورد، و آنچه بعداً اضافه کنید
}
share-single = یکی یکی انتخاب کنید
share-entry = به اشتراک گذاشتن
share-keep-out = نشان داده نشود
share-others = بخش‌های دیگر
share-sensitive = موارد حساس
share-sensitive-lead = فقط اگر هر کدام را علامت بزنید به اشتراک گذاشته می‌شود.
share-sensitive-here = این حساس است
share-how-title = { $unit } چگونه و تا چه مدت بخواند؟
share-mode = به چه شکل؟
mode-view = می‌توانند ببینند
mode-view-hint = هر وقت لازم باشد اینجا می‌خوانند و قول داده‌اند چیزی ذخیره نکنند. هیچ فناوری نمی‌تواند مانع کسی شود که بخواهد رونویسی کند.
mode-copy = یک نسخه می‌گیرند
mode-copy-hint = یک نسخه می‌گیرند تا در پروندهٔ شما بگذارند. پس از پایان اشتراک هم نزد آن‌ها می‌ماند.
mode-view-short = دیدن
mode-copy-short = نسخه
share-until = تا چه وقت؟
share-until-hint = حداکثر تا { $latest }. می‌توانید زودتر پایان دهید.
share-until-other = روز دیگر
share-until-date = آخرین روز
share-name-legend = نام شما
share-name-hint = یک کد می‌گیرید که هم شما و هم آن‌ها می‌بینند. اگر بخواهید نام شما هم کنار آن می‌آید.
share-name = نام { $name } کنار کد نشان داده شود
share-question = می‌خواهید با { $unit } به اشتراک بگذارید؟
share-change-question = می‌خواهید آنچه را با { $unit } به اشتراک گذاشته‌اید تغییر دهید؟
share-see = دقیقاً ببینید آن‌ها چه می‌بینند
share-stop = در «اشتراک‌ها» هر وقت بخواهید می‌توانید پایان دهید. لازم نیست دلیلش را بگویید.
share-kept-view = آنچه در پروندهٔ شما بنویسند نزد آن‌ها می‌ماند، حتی اگر به اشتراک پایان دهید.
share-kept-copy = نسخه نزد آن‌ها می‌ماند، حتی اگر به اشتراک پایان دهید. نزد ادارهٔ دولتی ممکن است سند عمومی (allmän handling) شود.
share-passphrase-hint = برای اشتراک چیزهای حساس لازم است.
share-yes = بله، به اشتراک بگذار
share-no = نه، به اشتراک نگذار
share-change-yes = بله، تغییر بده
share-change-no = نه، تغییر نده
share-preview = آن‌ها این‌طور می‌بینند
share-original-title = همین متن به سوئدی
share-original-lead = این ترجمه را رایانه انجام داده است. هنوز هیچ فارسی‌زبانی آن را نخوانده است. برای همین متن سوئدی هم اینجا آمده است.
reading-alike = آنچه خالی است و آنچه به اشتراک گذاشته نشده یکسان دیده می‌شود: هیچ‌کدام اینجا نیست.
reading-folded = نام و راه تماس، پنهان تا وقتی باز کنید ({ $count })
reading-empty = اینجا چیزی برای خواندن نیست.
reading-copy = نسخه‌ای که می‌توان در پرونده گذاشت
reading-view = دیدن. چیزی نباید ذخیره شود
share-done-title = اکنون به اشتراک می‌گذارید
share-changed-title = اشتراک تغییر کرد
share-done-lead = { $unit }، { $organisation }، می‌تواند آنچه را انتخاب کردید بخواند.
share-done-code = کد مشترک شما و آن‌ها
share-done-say = وقتی با آن‌ها حرف می‌زنید کد را بگویید تا بدانند اشتراک شماست.
share-done-until = تا { $date } معتبر است.
share-done-see = در «رویدادها» هر بار که کسی بخواند می‌بینید.
share-done-open = نمایش اشتراک
not-shared-title = به اشتراک نگذاشتید
not-shared-text = چیزی فرستاده نشد و کسی خبردار نمی‌شود که گفتید نه.
consent-title = یک اشتراک
consent-change-what = تغییر آنچه می‌بینند
consent-change-how = تغییر مدت
consent-events = آنچه اتفاق افتاده است
consent-text = متنی که به آن پاسخ دادید
consent-text-one = { $language }، نسخهٔ { $version }
consent-text-beside = { $text }. در کنار آن { $original } بود.
consent-tokens = برنامه‌هایی که می‌توانند بخوانند
consent-tokens-lead = واحد به یک برنامه اجازهٔ خواندن داده است. وقتی به اشتراک پایان دهید، آن هم پایان می‌یابد.
withdraw-question = می‌خواهید به اشتراک با { $unit } پایان دهید؟
withdraw-meaning = از این لحظه دیگر نمی‌توانند بخوانند. لازم نیست دلیلش را بگویید.
withdraw-kept = آنچه پیش‌تر در پروندهٔ شما ذخیره کرده‌اند نزد آن‌ها می‌ماند.
withdraw-yes = بله، پایان بده
withdrawn-title = دیگر به اشتراک نمی‌گذارید
withdrawn-lead = { $unit }، { $organisation }، دیگر نمی‌تواند بخواند.
withdrawn-unread = کسی فرصت نکرد چیزی بخواند.
withdrawn-read = { $count ->
    [one] { $count } بار خوانده‌اند.
   *[other] { $count } بار خوانده‌اند.
}
withdrawn-view = آنچه در پروندهٔ شما نوشته‌اند ممکن است نزد آن‌ها بماند.
withdrawn-copy = یک نسخه گرفته‌اند. ممکن است در پروندهٔ شما نزد آن‌ها بماند.
withdrawn-ask = می‌توانید از آن‌ها بپرسید چه چیزی ذخیره کرده‌اند و بخواهید آن را اصلاح یا حذف کنند.
wrong-unit = یک واحد از فهرست انتخاب کنید.
wrong-purpose = انتخاب کنید چرا می‌خواهید به اشتراک بگذارید.
wrong-what = دست‌کم یک چیز برای اشتراک انتخاب کنید.
wrong-mode = انتخاب کنید که فقط ببینند یا نسخه بگیرند.
wrong-until = انتخاب کنید تا چه وقت. روز باید در آینده باشد، اما نه پس از { $latest }.
wrong-query = یک نام یا کمون بنویسید.
