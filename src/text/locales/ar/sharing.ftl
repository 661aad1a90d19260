# Machine-made. Awaiting a native reader.
sharing-lead = هنا ترى مع من تشارك. يمكنك التوقف متى شئت.
sharing-new = مشاركة شيء
sharing-closed = خريطتك ليست مفتوحة. يمكنك أن ترى مع من تشارك، وأن توقف المشاركة. افتح الخريطة لترى الباقي.
sharing-open = فتح الخريطة
sharing-live = أنت تشارك الآن
sharing-none = أنت لا تشارك مع أحد.
sharing-ended = المنتهية
term-code = الرمز
term-purpose = السبب
term-what = ما يُسمح لهم برؤيته
term-until = حتى
term-mode = الطريقة
term-read = القراءة
term-who = مع من
term-name = اسمك
term-name-none = لا يظهر
term-if-no = إذا قلت لا
term-stop = طريقة إيقاف المشاركة
term-basis = لماذا يُسمح لهم باستخدامه
term-authority = تقديم شكوى
term-case = المعاملة
read-times = { $count ->
    [zero] لا قراءة، { $when }
    [one] مرة واحدة، { $when }
    [two] مرتان، آخرهما { $when }
    [few] { $count } مرات، آخرها { $when }
    [many] { $count } مرة، آخرها { $when }
   *[other] { $count } مرة، آخرها { $when }
}
read-never = لم يقرأ أحد بعد.
withdraw = إيقاف المشاركة
state-withdrawn = تم إيقافها في { $date }
state-you-withdrew = أوقفت أنت المشاركة في { $date }
state-expired = انتهت مدتها في { $date }
state-invalidated = أُلغيت في { $date }
state-not-answered = بلا جواب
share-title = مشاركة
share-step = الخطوة { $step } من 5
share-unit-title = مع من تريد أن تشارك؟
share-unit-lead = ابحث عن الجهة التي تتواصل معها.
share-unit-label = الاسم أو البلدية
share-unit-hint = مثلاً Arbetsförmedlingen (مكتب العمل) أو Vetlanda.
share-unit-none = لا توجد جهة بهذا الاسم
share-unit-try = جرّب كلمة أقصر، أو اسم البلدية.
share-unit-found = { $count ->
    [zero] لا جهات
    [one] جهة واحدة
    [two] جهتان
    [few] { $count } جهات
    [many] { $count } جهة
   *[other] { $count } جهة
}
share-unit-more = هناك المزيد. اكتب أكثر لتجد الجهة الصحيحة.
share-unit-other = اختر جهة أخرى
share-purpose-title = لماذا تريد أن تشارك مع { $unit }؟
share-purpose-legend = اختر سبباً واحداً. إذا أردت أن تشارك لأكثر من سبب فأنشئ مشاركة لكل سبب.
share-what-title = ما الذي يمكن أن تراه { $unit }؟
share-what-change-title = تغيير ما تراه { $unit }
share-what-lead = لم يتم اختيار شيء بعد. اختر فقط ما يلزم.
share-what-lead-change = المؤشَّر عليه هو ما تشاركه الآن.
share-whole = { $count ->
    [0] القسم كله. هو فارغ الآن، وما تضيفه لاحقاً يدخل في المشاركة
    [zero] القسم كله. هو فارغ الآن، وما تضيفه لاحقاً يدخل في المشاركة
    [one] القسم كله: معلومة واحدة، وما تضيفه لاحقاً
    [two] القسم كله: معلومتان، وما تضيفه لاحقاً
    [few] القسم كله: { $count } معلومات، وما تضيفه لاحقاً
    [many] القسم كله: { $count } معلومة، وما تضيفه لاحقاً
   *[other] القسم كله: { $count } معلومة، وما تضيفه لاحقاً
}
share-single = اختر واحدة واحدة
share-keep-out = استثناء
share-others = أقسام أخرى
share-sensitive = معلومات حساسة
share-sensitive-lead = لا تُشارَك إلا إذا وضعت علامة على كل واحدة منها.
share-sensitive-here = هذا حساس
share-how-title = كيف تقرأ { $unit }، وإلى متى؟
share-how-change-title = تغيير كيف تقرأ { $unit } وإلى متى
share-mode = بأي طريقة؟
mode-view = يُسمح لهم بالاطلاع
mode-view-hint = يقرؤون هنا عندما يحتاجون، وقد تعهدوا بألا يحفظوا شيئاً. لا توجد تقنية تمنع من يريد أن ينقل ما يراه كتابةً.
mode-copy = يحصلون على نسخة
mode-copy-hint = يحصلون على نسخة يضعونها في معاملتك. تبقى لديهم حتى بعد أن توقف المشاركة.
mode-view-short = اطلاع
mode-copy-short = نسخة
share-until = حتى متى؟
share-until-hint = حتى { $latest } على الأكثر. يمكنك التوقف قبل ذلك.
share-until-other = يوم آخر
share-until-date = اليوم الأخير
share-name-legend = اسمك
share-name-hint = ستحصل أنت وهم على رمز واحد يراه الطرفان. إذا أردت يمكن أن يظهر اسمك بجانبه.
share-name = أظهر الاسم { $name } بجانب الرمز
share-question = هل تريد أن تشارك مع { $unit }؟
share-change-question = هل تريد تغيير ما تشاركه مع { $unit }؟
share-all = { $section } ({ $count }): كل ما فيه، وما تضيفه لاحقاً
share-all-but = { $section } ({ $count }): كل ما فيه، وما تضيفه لاحقاً، باستثناء { $entries }
share-see = شاهد بالضبط ما سيرونه
share-stop = من المشاركات يمكنك التوقف متى شئت. لا حاجة لأن تذكر السبب.
share-kept-view = ما يكتبونه في معاملتك يبقى لديهم، حتى بعد أن توقف المشاركة.
share-kept-copy = تبقى النسخة لديهم، حتى بعد أن توقف المشاركة. لدى الجهات الحكومية قد تصبح وثيقة عامة يحق لآخرين طلب قراءتها.
share-passphrase-hint = هذا مطلوب عندما تشارك شيئاً حساساً.
share-yes = نعم، شارك
share-no = لا، لا تشارك
share-change-yes = نعم، غيّر
share-change-no = لا، لا تغيّر
share-already = أنت تشارك هذا معهم بالفعل.
share-preview = هكذا يظهر لهم
share-original-title = الشيء نفسه بالسويدية
share-original-lead = الترجمة صنعها حاسوب، ولم يقرأها بعد شخص لغته العربية. لذلك يظهر النص السويدي هنا أيضاً.
reading-alike = ما هو فارغ وما لا تتم مشاركته يبدوان متشابهين: لا يظهر هنا أي منهما.
reading-folded = الاسم والتواصل، مخفيان حتى تفتحهما ({ $count })
reading-empty = لا يوجد هنا ما يُقرأ.
reading-copy = نسخة يمكن وضعها في المعاملة
reading-view = اطلاع. لا يُسمح بحفظ شيء
share-done-title = أنت تشارك الآن
share-changed-title = تم تغيير المشاركة
share-done-lead = أصبح بإمكان { $place } قراءة ما اخترته.
sharing-empty = لا شيء موجود في الخريطة الآن
share-done-code = رمزكم المشترك
share-done-say = اذكر الرمز عندما تتحدث معهم، فيعرفون أنها مشاركتك.
share-done-until = تسري حتى { $date }.
share-done-see = من الأحداث ترى كل مرة يقرأ فيها أحد.
share-done-open = عرض المشاركة
not-shared-title = لم تشارك
not-shared-text = لم يُرسل شيء، ولن يعرف أحد أنك أجبت بلا.
consent-title = مشاركة
consent-change-what = تغيير ما يرونه
consent-change-how = تغيير المدة
consent-events = ما الذي حدث
consent-text = النص الذي أجبت عنه
consent-text-one = { $language }، الإصدار { $version }
consent-text-beside = { $text }. وإلى جانبه كان { $original }.
consent-tokens = برامج تستطيع القراءة
consent-tokens-lead = أعطت الجهة برنامجاً حق القراءة. ينتهي ذلك عندما توقف المشاركة.
withdraw-question = هل تريد إيقاف المشاركة مع { $unit }؟
withdraw-meaning = من الآن لن يستطيعوا القراءة. لا حاجة لأن تذكر السبب.
withdraw-kept = ما حفظوه من قبل في معاملتك يبقى لديهم.
withdraw-yes = نعم، أوقف المشاركة
withdrawn-title = لم تعد تشارك
withdrawn-lead = لم يعد بإمكان { $place } القراءة.
withdrawn-unread = لم يقرأ أحد شيئاً.
withdrawn-read = { $count ->
    [zero] لم يقرؤوا ولا مرة.
    [one] قرؤوا مرة واحدة.
    [two] قرؤوا مرتين.
    [few] قرؤوا { $count } مرات.
    [many] قرؤوا { $count } مرة.
   *[other] قرؤوا { $count } مرة.
}
withdrawn-view = ما كتبوه في معاملتك قد يبقى لديهم.
withdrawn-copy = حصلوا على نسخة. قد تبقى في معاملتك لديهم.
withdrawn-ask = يمكنك أن تسألهم عما حفظوه، وأن تطلب منهم التصحيح أو الحذف.
wrong-unit = اختر جهة من القائمة.
wrong-purpose = اختر سبب المشاركة.
wrong-what = اختر شيئاً واحداً على الأقل للمشاركة.
wrong-mode = اختر إن كانوا سيطّلعون أم سيحصلون على نسخة.
wrong-until = اختر حتى متى. يجب أن يكون اليوم في المستقبل، ولكن ليس بعد { $latest }.
wrong-query = اكتب اسماً أو بلدية.
withdraw-no-copy = يُسمح لهم بأخذ نسخة، لكنهم لم يأخذوها. عندما توقف المشاركة لن يستطيعوا ذلك.
withdraw-copy = لقد أخذوا نسخة. تبقى لديهم حتى بعد أن توقف المشاركة.
withdraw-copy-maybe = ما حفظوه من قبل في معاملتك يبقى لديهم. وكذلك النسخ التي أخذوها.
block = حظر الجهة
block-question = هل تريد حظر { $unit }؟
block-meaning = تنتهي من الآن كل مشاركاتك مع الجهة. ولن تظهر الجهة عندما تريد أن تشارك.
block-unseen = ترى الجهة أن المشاركة انتهت، لكنها لا ترى أنك حظرتها.
block-undo = يمكنك تغيير رأيك. يجب عندها أن تكون خريطتك مفتوحة.
block-yes = نعم، احظر
blocked-title = الجهات التي حظرتها
blocked-lead = لا يمكنها قراءة شيء، ولن تجدها عندما تريد أن تشارك.
unblock = إلغاء الحظر
done-blocked = الجهة محظورة. لا يمكنها قراءة شيء.
done-unblocked = لم تعد الجهة محظورة. ما انتهى من قبل يبقى منتهياً.
term-readers = من يقرأ عندهم
term-automated = قرارات دون إنسان
term-transfers = هل تخرج المعلومات من الاتحاد الأوروبي
stated-readers-none = لم يذكروا ما وظائف من يقرؤون.
stated-automated-none = لم يذكروا هل يتخذ حاسوب قرارات بشأنك دون إنسان.
stated-automated-no = لا. يقولون إن القرار يتخذه إنسان دائماً.
stated-automated-yes = نعم. يقولون إن حاسوباً قد يتخذ قرارات بشأنك. بكلماتهم:
stated-transfers-none = لم يذكروا هل تُرسل المعلومات إلى خارج الاتحاد الأوروبي والمنطقة الاقتصادية الأوروبية.
stated-transfers-no = لا. يقولون إن المعلومات تبقى داخل الاتحاد الأوروبي والمنطقة الاقتصادية الأوروبية.
stated-transfers-yes = نعم. قد تكون الحماية هناك أضعف. بكلماتهم:
wrong-stated = لقد غيّروا للتو ما يقولون إنهم يفعلونه بالمعلومات. لم تتم مشاركة أي شيء. اقرأ من جديد ثم أجب.
