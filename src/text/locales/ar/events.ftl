# Machine-made. Awaiting a native reader.
events-lead = كلما قرأ أحد، وكلما غيّرت شيئاً، نسجّل ذلك هنا.
events-none = لم يحدث شيء بعد.
events-older = عرض الأقدم
events-check = هل القائمة كاملة؟
events-check-lead = كل سطر مقفل بالسطر الذي قبله. يمكنك التأكد من أن لا سطر ناقص ولا سطر معدّل.
events-verify = التحقق من القائمة
events-whole = { $count ->
    [zero] القائمة كاملة. لا توجد أسطر للتحقق منها.
    [one] القائمة كاملة. تم التحقق من سطر واحد.
    [two] القائمة كاملة. تم التحقق من سطرين.
    [few] القائمة كاملة. تم التحقق من { $count } أسطر.
    [many] القائمة كاملة. تم التحقق من { $count } سطراً.
   *[other] القائمة كاملة. تم التحقق من { $count } سطر.
}
events-waiting = { $count ->
    [zero] لم يتم التحقق من أي سطر بعد. آخر الأسطر تنتظر قفلها. حاول مرة أخرى بعد قليل.
    [one] تم التحقق من سطر واحد وهو سليم. آخر سطر ينتظر قفله. حاول مرة أخرى بعد قليل.
    [two] تم التحقق من سطرين وهما سليمان. آخر الأسطر تنتظر قفلها. حاول مرة أخرى بعد قليل.
    [few] تم التحقق من { $count } أسطر وهي سليمة. آخر الأسطر تنتظر قفلها. حاول مرة أخرى بعد قليل.
    [many] تم التحقق من { $count } سطراً وهي سليمة. آخر الأسطر تنتظر قفلها. حاول مرة أخرى بعد قليل.
   *[other] تم التحقق من { $count } سطر وهي سليمة. آخر الأسطر تنتظر قفلها. حاول مرة أخرى بعد قليل.
}
events-broken = هناك شيء غير صحيح عند السطر { $line }. اطبع الصفحة وتواصل معنا.
events-seal = ختم القائمة
events-seal-lead = احفظ الختم أو اطبعه. به يمكنك لاحقاً أن تبيّن إن كان أحد قد غيّر القائمة.
who-you = أنت
who-service = الخدمة
who-unknown = شخص ما
who-token = البرنامج { $label } (المسؤول عنه: { $by })
event-why = السبب: { $purpose }
event-case = المعاملة { $case }
event-times = { $count ->
    [zero] ولا مرة
    [one] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
    [many] { $count } مرة
   *[other] { $count } مرة
}
event-account-created = أنشأت خريطتك
event-opened = { $who }: فتح الخريطة بطريقة جديدة
event-slot-added = أضفت طريقة لفتح الخريطة
event-slot-removed = حذفت طريقة لفتح الخريطة
event-keys-rotated = غيّرت أقفال الخريطة
event-entry-added = أضفت معلومة في: { $sections }
event-entry-changed = غيّرت معلومة في: { $sections }
event-entry-confirmed = أكّدت أن معلومة ما زالت صحيحة في: { $sections }
event-entry-deleted = حذفت معلومة من: { $sections }
event-consent-given = بدأت المشاركة مع { $place }
event-consent-changed = غيّرت المشاركة مع { $place }
event-consent-withdrawn = أوقفت المشاركة مع { $place }
event-consent-expired = انتهت مدة المشاركة مع { $place }
event-consent-invalidated = أُلغيت المشاركة مع { $place }
event-token-minted = { $who } من { $place }: السماح لبرنامج بالقراءة
event-token-revoked = { $who } من { $place }: إيقاف برنامج
event-token-minted-by = { $by } من { $place }: السماح للبرنامج { $label } بالقراءة
event-token-revoked-by = { $by } من { $place }: إيقاف البرنامج { $label }
event-token-minted-at = { $place }: السماح للبرنامج { $label } بالقراءة
event-token-revoked-at = { $place }: إيقاف البرنامج { $label }
event-sections-none = لا شيء
event-read = { $who } من { $place }: قراءة { $sections }
event-copy-delivered = { $who } من { $place }: استلام نسخة من { $sections }
event-denied = محاولة قراءة من { $place } لم يُسمح بها
event-denied-unknown = حاول شخص ما القراءة برمز غير صالح
event-exported = نزّلت كل ما في الخريطة
event-erase-asked = طلبت حذف كل شيء
event-login-bound = رُبط تسجيل دخولك بالخريطة
event-unit-blocked = حظرت { $place }
event-unit-unblocked = ألغيت حظر { $place }
event-staff-invited = { $who }: دعوة { $whom }
event-staff-joined = { $who }: الانضمام إلى الجهة
event-staff-removed = { $who }: إزالة { $whom } من الجهة
event-unit-sheet-printed = { $who }: إنشاء ورقة احتياطية جديدة للجهة
event-unit-keys-rotated = { $who }: تغيير أقفال الجهة
event-client-added = { $who }: إضافة البرنامج { $whom }
event-client-changed = { $who }: تغيير البرنامج { $whom }
event-client-ended = { $who }: إيقاف البرنامج { $whom }
