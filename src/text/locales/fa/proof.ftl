# Machine-made. Awaiting a native reader.

kind-credential = مدرکی از کسی دیگر
field-credential-name = مدرک دربارهٔ چیست
field-credential-issuer = چه کسی آن را داده است
field-credential-number = شمارهٔ سازمان (organisationsnummer)
field-credential-issued = تاریخ صدور
field-credential-expires = معتبر تا
field-credential-seqf = سطح در SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = همه یا یک بخش
choice-credential-part-whole = همه
choice-credential-part-part = یک بخش
field-credential-proof = خود مدرک

proof-unasked = مدرکی برای بررسی
proof-stands = این مدرک چه می‌گوید
proof-check = بررسی مدرک
proof-check-lead = متن را کپی کنید و در صفحهٔ بررسی بچسبانید.
proof-text = خود مدرک
proof-show = نشان دادن آن به کسی
proof-files = گرفتن مدرک به صورت فایل
proof-files-lead = می‌توانید خودتان آن را نگه دارید یا در برنامهٔ دیگری بگذارید.
proof-file-sd-jwt = برای کیف پول دیجیتال (SD-JWT)
proof-file-badge = به صورت نشان (Open Badge)
proof-file-png = نشان به صورت تصویر (PNG)
proof-file-svg = نشان به صورت تصویر (SVG)
proof-file-elm = آنچه در مدرک آمده، بدون امضا (ELM)
proof-file-eudi = آنچه در مدرک آمده، برای کیف پول اتحادیهٔ اروپا، بدون امضا

claim-concepts = مهارت‌های این مدرک
claim-concepts-count = { $count ->
    [one] { $count } مهارت
   *[other] { $count } مهارت
}
claim-given-name = نام شما
claim-family-name = نام خانوادگی (تخلص) شما

proofs-title = مدارک از دیگران
proofs-lead = اینجا مدرکی را که گرفته‌اید وارد می‌کنید، و به هر که بخواهید نشان می‌دهید.

offer-title = گرفتن مدرک
offer-lead = کدی روی کاغذ یا پیوندی گرفته‌اید؟ کد را اینجا بنویسید تا ببینید برای چیست.
offer-code = کد شما
offer-code-hint = 28 حرف و عدد. حرف بزرگ و کوچک فرقی ندارد، و لازم نیست خط‌های فاصله را بنویسید.
offer-show = نشان بده چه می‌گیرم
offer-look = می‌توانید اول نگاه کنید. تا نگویید بله، هیچ اتفاقی نمی‌افتد.
offer-what = آنچه می‌گیرید
offer-lead-shown = کسی می‌خواهد این را به شما بدهد.
offer-accept-means = اگر بگویید بله، مدرک در نقشهٔ شما گذاشته می‌شود. تا آن را به اشتراک نگذارید یا نشان ندهید، کس دیگری آن را نمی‌بیند.
offer-accept = بله، آن را در نقشهٔ من بگذار
offer-leave = اکنون نه
offer-leave-means = اگر «اکنون نه» را انتخاب کنید، هیچ اتفاقی نمی‌افتد. کد را بعداً هم می‌توان استفاده کرد.
offer-sign-in = برای گرفتن آن باید وارد شوید.
offer-unlock = برای گرفتن آن باید نقشهٔ خود را باز کنید.
offer-again = ما در این مدت کد را به یاد می‌سپاریم، حداکثر یک ساعت. لازم نیست دوباره آن را بنویسید.
offer-to-sign-in = ورود
offer-to-unlock = باز کردن نقشهٔ من
offer-none = با این کد چیزی برای گرفتن نیست. شاید استفاده شده، پس گرفته شده یا مدت آن تمام شده است. از کسی که آن را به شما داده بپرسید.
offer-broken = مدرک درست نیست. از کسی که کد را به شما داده بپرسید.
offer-wrong-length = کد باید 28 حرف و عدد داشته باشد. ببینید آیا چیزی کم است.
offer-wrong-check = یکی از حرف‌ها یا عددهای کد نادرست است. آن را یک بار دیگر بخوانید.

proof-add-title = اضافه کردن مدرک
proof-add-lead = آیا مدرکی به صورت فایل یا متن دارید؟ ما اول آن را بررسی می‌کنیم. سپس شما انتخاب می‌کنید که در نقشه بیاید یا نه.
proof-add-code = به جای آن کد دارید؟
proof-add-file = فایل
proof-add-choose = فایل را انتخاب کنید
proof-add-file-hint = حداکثر 5 مگابایت. می‌تواند نشانی به صورت تصویر باشد، یا فایل متنی که مدرک در آن است.
proof-add-check = بررسی فایل
proof-add-text = متن
proof-add-paste = مدرک را بچسبانید
proof-add-text-hint = یک سطر بلند از حرف و عدد، یا متنی که با آکولاد (نوعی قوس) شروع می‌شود.
proof-add-check-text = بررسی متن
proof-review-title = این مدرک چه می‌گوید
proof-review-counts = در نقشه، مدرک فقط تا وقتی معتبر است به حساب می‌آید. اگر کسی را که آن را داده نشناسیم، گفتهٔ خود شما به حساب می‌آید.
proof-review-add = آن را در نقشهٔ من بگذار
proof-review-not = نمی‌توان آن را در نقشه گذاشت. از کسی که مدرک را به شما داده مدرکی تازه بخواهید.
proof-review-other = انتخاب مدرک دیگر
proof-wrong-empty = یک فایل انتخاب کنید یا متنی بچسبانید.
proof-wrong-form = این مدرکی نیست که بتوانیم بخوانیم.
proof-wrong-large = مدرک بیش از حد بزرگ است.

show-title = نشان دادن مدرک
show-lead = فقط مدرکی را که انتخاب می‌کنید نشان می‌دهید. بقیهٔ نقشه بسته است.
show-none = هنوز مدرکی در نقشه ندارید.
show-which = کدام مدارک را می‌خواهید نشان دهید؟
show-which-hint = حداکثر { $most } مدرک در یک بار.
show-how-title = چه چیزی دیده شود؟
show-always = این همیشه دیده می‌شود: مدرک دربارهٔ چیست، چقدر مطمئن است، چه کسی آن را داده و تا کی معتبر است.
show-claims = آنچه را هم باید دیده شود علامت بزنید. نام شما فقط اگر خودتان انتخاب کنید دیده می‌شود.
show-whole = این مدرک به طور کامل نشان داده می‌شود. هیچ بخشی از آن را نمی‌توان پنهان کرد.
show-whom = برای کیست؟
show-whom-hint = فقط شما این را می‌بینید. برای نمونه نام یک کارفرما را بنویسید.
show-until = تا چه مدت بتوان آن را باز کرد؟
show-opens = چند بار بتوان آن را باز کرد؟
show-make = ساختن پیوند
show-wrong-none = دست‌کم یک مدرک انتخاب کنید.
show-wrong-many = حداکثر { $most } مدرک انتخاب کنید.
show-wrong-whom = حداکثر { $most } حرف بنویسید.

showing-title = مدرک شما برای نشان دادن
showing-lead = پیوند، تصویر یا کاغذ را به کسی بدهید که باید مدرک را ببیند.
showing-qr = تصویری که با تلفن خوانده می‌شود. به همان پیوند می‌رسد.
showing-holds = هر که پیوند یا کد را دارد می‌تواند مدرک را ببیند. هر وقت بخواهید می‌توانید پایان دهید.
showing-term-whom = برای
showing-term-made = تاریخ ساخت
showing-end = اکنون پایان بده
showing-openings = چه وقت باز شده است
showing-unopened = هنوز کسی آن را باز نکرده است.
showing-used-up = به تعدادی که انتخاب کردید باز شده است، آخرین بار { $date }.
showing-ended-on = در { $date } به آن پایان دادید.
showing-expired-on = مدت آن در { $date } تمام شد.
showing-of = از { $date }
showings-title = مدارکی که نشان می‌دهید
showings-link = نشان دادن مدرک به کسی
showings-lead = اینجا می‌بینید چه چیزی را نشان می‌دهید و کی کسی آن را باز کرده است.
showings-live = اکنون باز می‌شود
showings-none = اکنون هیچ مدرکی را نشان نمی‌دهید.
showings-ended = پایان‌یافته
paper-title = مدرک مهارت
paper-how = این مدرک را اینجا بررسی کنید:
paper-until = کد تا { $date } معتبر است.

done-taken = مدرک در نقشهٔ شماست.
done-shown = آماده است. اکنون می‌توان آن را باز کرد.
done-ended = پایان یافت. دیگر کسی نمی‌تواند آن را باز کند.

event-proof-accepted = مدرکی از { $unit } گرفتید
event-proof-added = مدرکی از { $unit } اضافه کردید
event-showing-made = نشان دادن یک مدرک را شروع کردید
event-showing-opened = کسی مدرکی را که نشان می‌دهید باز کرد
event-showing-ended = به نشان دادن یک مدرک پایان دادید
event-showing-denied = کسی خواست مدرکی را باز کند که دیگر نشان نمی‌دهید

gap-near-withdrawn = مدرک پس گرفته شده است:
gap-near-unchecked = اکنون نمی‌توان مدرک را بررسی کرد:
