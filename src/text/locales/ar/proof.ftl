# Machine-made. Awaiting a native reader.

kind-credential = إثبات من جهة أخرى
field-credential-name = موضوع الإثبات
field-credential-issuer = من أعطاه
field-credential-number = رقم المؤسسة (organisationsnummer)
field-credential-issued = تاريخ الإصدار
field-credential-expires = صالح حتى
field-credential-seqf = المستوى في SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = كامل أو جزء
choice-credential-part-whole = كامل
choice-credential-part-part = جزء
field-credential-proof = الإثبات نفسه

proof-unasked = إثبات للتحقق منه
proof-stands = هذا ما يقوله الإثبات
proof-check = التحقق من الإثبات
proof-check-lead = انسخ النص وألصقه في الصفحة التي تتحقق منه.
proof-text = الإثبات نفسه
proof-show = إظهاره لأحد
proof-files = تنزيل الإثبات كملف
proof-files-lead = يمكنك حفظه بنفسك أو وضعه في تطبيق آخر.
proof-file-sd-jwt = لمحفظة رقمية (SD-JWT)
proof-file-badge = كشارة (Open Badge)
proof-file-png = شارة على شكل صورة (PNG)
proof-file-svg = شارة على شكل صورة (SVG)
proof-file-elm = ما يقوله الإثبات، بدون توقيع (ELM)
proof-file-eudi = ما يقوله الإثبات، لمحفظة الاتحاد الأوروبي، بدون توقيع

claim-concepts = المهارات في الإثبات
claim-concepts-count = { $count ->
    [zero] لا مهارات
    [one] مهارة واحدة
    [two] مهارتان
    [few] { $count } مهارات
    [many] { $count } مهارة
   *[other] { $count } مهارة
}
claim-given-name = اسمك الأول
claim-family-name = اسم عائلتك

proofs-title = إثباتات من جهات أخرى
proofs-lead = هنا تضع إثباتاً حصلت عليه، وتُظهره لمن تريد.

offer-title = استلام إثبات
offer-lead = هل حصلت على رمز مكتوب على ورقة أو على رابط؟ اكتب الرمز هنا، فترى ما هو.
offer-code = رمزك
offer-code-hint = 28 حرفاً ورقماً. لا فرق بين الأحرف الكبيرة والصغيرة، ولا حاجة لكتابة الشرطات.
offer-show = أظهر ما سأحصل عليه
offer-look = يمكنك أن تنظر أولاً. لا يحدث شيء قبل أن تقول نعم.
offer-what = ما ستحصل عليه
offer-lead-shown = هناك من يريد أن يعطيك هذا.
offer-accept-means = إذا قلت نعم يوضع الإثبات في خريطتك. لا يراه أحد غيرك إلى أن تشاركه أو تُظهره.
offer-accept = نعم، ضعه في خريطتي
offer-leave = ليس الآن
offer-leave-means = إذا اخترت «ليس الآن» فلا يحدث شيء. يمكن استخدام الرمز لاحقاً.
offer-sign-in = لكي تستلمه عليك تسجيل الدخول.
offer-unlock = لكي تستلمه عليك فتح خريطتك.
offer-again = نتذكر الرمز في هذه الأثناء، لمدة ساعة واحدة على الأكثر. لا تحتاج إلى كتابته من جديد.
offer-to-sign-in = تسجيل الدخول
offer-to-unlock = فتح خريطتي
offer-none = لا يوجد ما يُستلم بهذا الرمز. ربما استُخدم من قبل أو سُحب أو انتهت مدته. اسأل من أعطاك إياه.
offer-broken = الإثبات غير صحيح. اسأل من أعطاك الرمز.
offer-wrong-length = يجب أن يكون الرمز من 28 حرفاً ورقماً. انظر إن كان شيء ينقصه.
offer-wrong-check = هناك حرف أو رقم خطأ في الرمز. اقرأه مرة أخرى.

proof-add-title = إضافة إثبات
proof-add-lead = هل لديك إثبات على شكل ملف أو نص؟ نتحقق منه أولاً. ثم تختار إن كان سيوضع في الخريطة.
proof-add-code = هل لديك رمز بدلاً من ذلك؟
proof-add-file = ملف
proof-add-choose = اختر الملف
proof-add-file-hint = الحجم 5 ميغابايت على الأكثر. يمكن أن يكون شارة على شكل صورة، أو ملفاً نصياً فيه الإثبات.
proof-add-check = تحقق من الملف
proof-add-text = نص
proof-add-paste = ألصق الإثبات
proof-add-text-hint = سطر طويل من الأحرف والأرقام، أو نص يبدأ بقوس.
proof-add-check-text = تحقق من النص
proof-review-title = هذا ما يقوله الإثبات
proof-review-counts = في الخريطة يُحسب الإثبات فقط ما دام صالحاً. إذا كنا لا نعرف من أعطاه فسيُحسب معلومة بحسب قولك.
proof-review-add = ضعه في خريطتي
proof-review-not = لا يمكن وضعه في الخريطة. اطلب إثباتاً جديداً ممن أعطاك إياه.
proof-review-other = اختر إثباتاً آخر
proof-wrong-empty = اختر ملفاً أو ألصق نصاً.
proof-wrong-form = هذا ليس إثباتاً نستطيع قراءته.
proof-wrong-large = الإثبات كبير جداً.

show-title = إظهار إثبات
show-lead = تُظهر فقط الإثبات الذي تختاره. باقي الخريطة يبقى مغلقاً.
show-none = ليس لديك إثبات في الخريطة بعد.
show-which = أي الإثباتات تريد إظهارها؟
show-which-hint = { $most } على الأكثر في المرة الواحدة.
show-how-title = ما الذي يجب أن يظهر؟
show-always = هذا يظهر دائماً: موضوع الإثبات، ومدى موثوقيته، ومن أعطاه، ومدة صلاحيته.
show-claims = ضع علامة على ما يجب أن يظهر أيضاً. لا يظهر اسمك إلا إذا اخترت ذلك.
show-whole = هذا الإثبات يظهر كاملاً. لا يمكن إخفاء أجزاء منه.
show-whom = لمن هذا؟
show-whom-hint = أنت وحدك ترى هذا. اكتب مثلاً اسم صاحب عمل.
show-until = إلى متى يمكن فتحه؟
show-opens = كم مرة يمكن فتحه؟
show-make = إنشاء رابط
show-wrong-none = اختر إثباتاً واحداً على الأقل.
show-wrong-many = اختر { $most } من الإثباتات على الأكثر.
show-wrong-whom = الحد الأقصى لعدد الأحرف: { $most }.

showing-title = إثباتك جاهز للإظهار
showing-lead = أعطِ الرابط أو الصورة أو الورقة لمن سيرى الإثبات.
showing-qr = صورة تُقرأ بالهاتف. تقود إلى الرابط نفسه.
showing-holds = من لديه الرابط أو الرمز يستطيع رؤية الإثبات. يمكنك التوقف متى شئت.
showing-term-whom = لمن
showing-term-made = تاريخ الإنشاء
showing-end = أوقفه الآن
showing-openings = متى تم فتحه
showing-unopened = لم يفتحه أحد بعد.
showing-used-up = فُتح بعدد المرات الذي اخترته، وآخر مرة في { $date }.
showing-ended-on = أوقفته أنت في { $date }.
showing-expired-on = انتهت مدته في { $date }.
showing-of = من { $date }
showings-title = الإثباتات التي تُظهرها
showings-link = إظهار إثباتات لأحد
showings-lead = هنا ترى ما تُظهره، ومتى فتحه أحد.
showings-live = يمكن فتحها الآن
showings-none = أنت لا تُظهر أي إثبات الآن.
showings-ended = المنتهية
paper-title = إثبات كفاءة
paper-how = تحقق من هذا الإثبات على
paper-until = الرمز صالح حتى { $date }.

done-taken = الإثبات في خريطتك الآن.
done-shown = تم. يمكن فتحه الآن.
done-ended = تم إيقافه. لا يستطيع أحد فتحه بعد الآن.

event-proof-accepted = استلمت إثباتاً من { $unit }
event-proof-added = أضفت إثباتاً من { $unit }
event-showing-made = بدأت بإظهار إثبات
event-showing-opened = فتح أحدهم إثباتاً تُظهره
event-showing-ended = توقفت عن إظهار إثبات
event-showing-denied = حاول أحدهم فتح إثبات لم تعد تُظهره

gap-near-withdrawn = تم سحب الإثبات:
gap-near-unchecked = لا يمكن التحقق من الإثبات الآن:
