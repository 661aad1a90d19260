# Machine-made. Awaiting a native reader.
events-lead = هر بار که کسی چیزی می‌خواند و هر بار که شما چیزی را تغییر می‌دهید، اینجا نوشته می‌شود.
events-none = هنوز اتفاقی نیفتاده است.
events-older = نمایش موارد قدیمی‌تر
events-check = آیا فهرست کامل است؟
events-check-lead = هر سطر به سطر پیش از خود قفل شده است. می‌توانید بررسی کنید که هیچ سطری کم نشده یا تغییر نکرده است.
events-verify = بررسی فهرست
events-whole = { $count ->
    [one] فهرست کامل است. { $count } سطر بررسی شد.
   *[other] فهرست کامل است. { $count } سطر بررسی شد.
}
events-waiting = { $count ->
    [one] { $count } سطر بررسی شد و درست است. تازه‌ترین سطر منتظر قفل خود است. کمی بعد دوباره امتحان کنید.
   *[other] { $count } سطر بررسی شد و درست است. تازه‌ترین سطرها منتظر قفل خود هستند. کمی بعد دوباره امتحان کنید.
}
events-broken = در سطر { $line } چیزی درست نیست. این صفحه را چاپ کنید و با ما تماس بگیرید.
events-seal = مُهر فهرست
events-seal-lead = مُهر را ذخیره یا چاپ کنید. با آن بعداً می‌توانید نشان دهید که آیا کسی فهرست را تغییر داده است یا نه.
who-you = شما
who-service = سامانه
who-unknown = کسی
who-token = برنامهٔ { $label } که مسئول آن { $by } است
event-why = دلیل: { $purpose }
event-case = پروندهٔ { $case }
event-times = { $count } بار
event-account-created = نقشهٔ خود را ساختید
event-opened = نقشه به روشی تازه باز شد ({ $who })
event-slot-added = یک روش باز کردن نقشه را اضافه کردید
event-slot-removed = یک روش باز کردن نقشه را حذف کردید
event-keys-rotated = قفل‌های نقشه را عوض کردید
event-entry-added = چیزی به { $sections } اضافه کردید
event-entry-changed = چیزی را در { $sections } تغییر دادید
event-entry-confirmed = گفتید که چیزی در { $sections } هنوز درست است
event-entry-deleted = چیزی را از { $sections } حذف کردید
event-consent-given = به اشتراک گذاشتن با { $place } را شروع کردید
event-consent-changed = اشتراک با { $place } را تغییر دادید
event-consent-withdrawn = اشتراک با { $place } را پایان دادید
event-consent-expired = مدت اشتراک با { $place } تمام شد
event-consent-invalidated = اشتراک با { $place } لغو شد
event-token-minted = { $who } در { $place } به یک برنامه اجازهٔ خواندن داد
event-token-revoked = { $who } در { $place } یک برنامه را متوقف کرد
event-token-minted-by = { $by } در { $place } به برنامهٔ { $label } اجازهٔ خواندن داد
event-token-revoked-by = { $by } در { $place } برنامهٔ { $label } را متوقف کرد
event-token-minted-at = { $place } به برنامهٔ { $label } اجازهٔ خواندن داد
event-token-revoked-at = { $place } برنامهٔ { $label } را متوقف کرد
event-sections-none = هیچ چیز
event-read = { $who } در { $place } این را خواند: { $sections }
event-copy-delivered = { $who } در { $place } یک نسخه گرفت از: { $sections }
event-denied = { $place } خواست بخواند، اما اجازه نداشت
event-denied-unknown = کسی خواست با کدی بخواند که معتبر نیست
event-exported = همه چیز نقشه را دریافت کردید
event-erase-asked = درخواست کردید که همه چیز حذف شود
event-login-bound = ورود شما به نقشه وصل شد
event-unit-blocked = { $place } را مسدود کردید
event-unit-unblocked = مسدودی { $place } را برداشتید
event-staff-invited = { $who } از { $whom } دعوت کرد
event-staff-joined = { $who } به واحد پیوست
event-staff-removed = { $who } { $whom } را از واحد حذف کرد
event-unit-sheet-printed = { $who } برای واحد برگهٔ پشتیبان تازه ساخت
event-unit-keys-rotated = { $who } قفل‌های واحد را عوض کرد
event-client-added = { $who } برنامه { $whom } را اضافه کرد
event-client-changed = { $who } برنامه { $whom } را تغییر داد
event-client-ended = { $who } برنامه { $whom } را متوقف کرد
