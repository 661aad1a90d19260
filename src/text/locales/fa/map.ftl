# Machine-made. Awaiting a native reader.
map-title-named = نقشهٔ من: { $name }
map-lead = این‌ها چیزهایی است که شما بلد هستید. فقط شما تصمیم می‌گیرید چه کسی آن را ببیند.
map-picture = نقشهٔ آنچه بلد هستید
map-legend = نقشه چگونه نشان می‌دهد که هر مورد چطور تأیید شده است
map-island = { $title } با { $count }
map-summary = { $count ->
    [one] { $count } زمینه: { $islands }.
   *[other] { $count } زمینه: { $islands }.
}
map-as-list = همین نقشه به صورت فهرست
map-empty-title = نقشهٔ شما اینجا شروع می‌شود
map-empty = با یک چیز که بلد هستید شروع کنید. آن نخستین نشانهٔ نقشه می‌شود.
map-empty-skill = چیزی بنویسید که بلد هستید
map-review = آیا این هنوز درست است؟
map-review-lead = بیش از شش ماه پیش گفتید که این درست است.
map-sections = همه چیز در نقشه
map-vault = فقط برای شما
map-vault-lead = سلامتی، وضعیت زندگی و امنیت جدا نگه داشته می‌شود. این‌ها هیچ‌وقت در تصویر دیده نمی‌شود.
section-none = هنوز هیچ
section-count = { $count ->
    [one] { $count } مورد
   *[other] { $count } مورد
}
section-more = { $count ->
    [one] و { $count } مورد دیگر
   *[other] و { $count } مورد دیگر
}
section-counted = { $section } ({ $count })
section-empty = اینجا هنوز چیزی نیست.
section-vault = این جدا نگه داشته می‌شود. وقتی یک بخش کامل را به اشتراک می‌گذارید، این هرگز همراه آن نمی‌رود.
section-sensitive = اینجا موارد حساس هست. فقط اگر هر کدام را جداگانه انتخاب کنید به اشتراک گذاشته می‌شود.
section-full = این بخش پر است: { $count } مورد. برای اضافه کردن مورد تازه، یکی را حذف کنید.
section-add = اضافه کردن
entry-confirmed-on = به‌روز در { $date }
entry-still = هنوز درست است
entry-stale = این مورد در پنجرهٔ دیگری تغییر کرد. نگاه کنید و دوباره ذخیره کنید.
entry-never-shared = این هرگز به اشتراک گذاشته نمی‌شود. فقط شما آن را می‌بینید.
entry-sensitive = این حساس است. فقط اگر خودتان برای هر گیرنده انتخاب کنید به اشتراک گذاشته می‌شود.
entry-audience = چه کسی می‌تواند این را بخواند؟
entry-audience-none = فقط شما.
entry-versions = نسخه‌های پیشین
entry-versions-none = وجود ندارد.
entry-delete-question = «{ $heading }» حذف شود؟
entry-delete-meaning = این مورد و همهٔ نسخه‌های پیشین آن از بین می‌رود. این کار برگشت ندارد.
entry-delete-shared = برای کسانی که با آن‌ها به اشتراک گذاشته‌اید هم ناپدید می‌شود. آنچه ذخیره کرده‌اند نزد آن‌ها می‌ماند.
entry-delete-yes = بله، حذف کن
audience-title = این‌ها آن را خواهند دید
audience-title-sensitive = می‌خواهید آن را به یکی از آن‌ها نشان دهید؟
audience-lead = این بخش را از پیش با آن‌ها به اشتراک گذاشته‌اید. اگر کسی نباید همین مورد را ببیند، خانه را علامت بزنید.
audience-lead-sensitive = شما با آن‌ها به اشتراک می‌گذارید. این حساس است و تا خانه را علامت نزنید آن را نمی‌بینند.
audience-unsaved = این مورد هنوز ذخیره نشده است.
audience-save = ذخیره کن و به آن‌ها نشان بده
audience-keep-out = این را به { $place } نشان نده
audience-include = این را به { $place } نشان بده
audience-until = تا { $date }
delicate-title = پیش از ذخیره یک بار بخوانید
delicate-health = این شاید درباره سلامتی باشد: { $words }. هر کسی که این بخش نقشه را بگیرد آن را می‌خواند. اگر درباره سلامتی خودتان است، جایش در «{ section-p12 }» است که جداگانه به اشتراک می‌گذارید.
delicate-crime = این شاید درباره جرم باشد: { $words }. هر کسی که این بخش نقشه را بگیرد آن را می‌خواند. هیچ‌کس برای دیدن توانایی‌های شما به آن نیاز ندارد، پس بهتر است آن را بردارید.
delicate-number = اینجا چیزی شبیه شماره شخصی نوشته شده است. اینجا لازم نیست، پس بهتر است آن را بردارید.
delicate-unsaved = این مورد هنوز ذخیره نشده است. آن را تغییر دهید، یا همان‌طور که هست ذخیره کنید.
characters-left = حرف‌های باقی‌مانده: 
characters-over = حرف‌های اضافی: 
concept-found = پیشنهادهایی هست. با کلیدهای جهت حرکت کنید.
concept-none = پیشنهادی نیست. کلمه‌های خودتان هم خوب است.
concept-pick = آنچه را مناسب است انتخاب کنید
concept-own = کلمه‌های خودم: { $text }
done-saved = ذخیره شد.
done-deleted = حذف شد.
done-confirmed = سپاس. گفتید که این درست است.
