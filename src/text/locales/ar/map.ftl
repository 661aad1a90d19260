# Machine-made. Awaiting a native reader.
map-title-named = خريطتي: { $name }
map-lead = هذا ما تجيده. أنت وحدك تقرر من يُسمح له برؤيته.
map-picture = خريطة لما تجيده
map-legend = هكذا يظهر مدى إثبات كل معلومة
map-island = { $title } ({ $count })
map-summary = { $count ->
    [zero] لا مجالات بعد: { $islands }.
    [one] مجال واحد: { $islands }.
    [two] مجالان: { $islands }.
    [few] { $count } مجالات: { $islands }.
    [many] { $count } مجالاً: { $islands }.
   *[other] { $count } مجال: { $islands }.
}
map-as-list = الخريطة نفسها على شكل قائمة
map-empty-title = هنا تبدأ خريطتك
map-empty = ابدأ بشيء واحد تجيده. سيكون أول علامة على الخريطة.
map-empty-skill = اكتب شيئاً تجيده
map-review = هل ما زال هذا صحيحاً؟
map-review-lead = مرّ أكثر من ستة أشهر منذ أن قلت إنه صحيح.
map-sections = كل ما في الخريطة
map-vault = لك وحدك
map-vault-lead = الصحة وظروف الحياة والأمان محفوظة على حدة. لا تظهر أبداً في الصورة.
section-none = لا شيء بعد
section-count = { $count ->
    [zero] لا معلومات
    [one] معلومة واحدة
    [two] معلومتان
    [few] { $count } معلومات
    [many] { $count } معلومة
   *[other] { $count } معلومة
}
section-more = { $count ->
    [zero] ولا شيء آخر
    [one] وواحدة أخرى
    [two] واثنتان أخريان
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
}
section-counted = { $section } ({ $count })
section-empty = لا شيء هنا بعد.
section-vault = هذا محفوظ على حدة. لا يدخل أبداً في المشاركة عندما تشارك قسماً كاملاً.
section-sensitive = هنا معلومات حساسة. لا تُشارَك إلا إذا اخترت كل واحدة منها.
section-full = القسم ممتلئ. عدد المعلومات: { $count }. احذف واحدة لتضيف أخرى.
section-add = إضافة
entry-confirmed-on = محدّث في { $date }
entry-still = ما زال صحيحاً
entry-stale = تغيّرت المعلومة في نافذة أخرى. راجعها واحفظ مرة أخرى.
entry-never-shared = لا يمكن أبداً مشاركة هذا. أنت وحدك تراه.
entry-sensitive = هذا حساس. لا يُشارَك إلا إذا اخترت ذلك بنفسك، لكل مستلم.
entry-audience = من يمكنه قراءة هذا؟
entry-audience-none = أنت فقط.
entry-versions = النسخ السابقة
entry-versions-none = لا توجد نسخ سابقة.
entry-delete-question = هل تريد حذف «{ $heading }»؟
entry-delete-meaning = ستُحذف المعلومة وكل نسخها السابقة نهائياً. لا يمكن التراجع عن ذلك.
entry-delete-shared = ستختفي أيضاً عند من تشاركهم. أما ما حفظوه فيبقى لديهم.
entry-delete-yes = نعم، احذف
audience-title = هؤلاء سيرون هذا
audience-title-sensitive = هل تريد إظهار هذا لأحد منهم؟
audience-lead = أنت تشاركهم هذا القسم. ضع علامة إذا كان على أحدهم ألا يرى هذا بالذات.
audience-lead-sensitive = أنت تشاركهم. هذا حساس ولا يظهر لهم إلا إذا وضعت علامة.
audience-unsaved = لم تُحفظ المعلومة بعد.
audience-save = احفظ وأظهره لهم
audience-keep-out = لا تُظهر هذا لدى { $place }
audience-include = أظهر هذا لدى { $place }
audience-until = حتى { $date }
delicate-title = اقرأ النص قبل الحفظ
delicate-health = قد يكون هذا عن الصحة: { $words }. كل من يحصل على هذا الجزء من الخريطة يقرؤه. إذا كان عن صحتك أنت فمكانه في «{ section-p12 }»، وهو جزء تشاركه على حدة.
delicate-crime = قد يكون هذا عن جريمة: { $words }. كل من يحصل على هذا الجزء من الخريطة يقرؤه. لا أحد يحتاج إليه ليرى ما تستطيع فعله، فالأفضل أن تحذفه.
delicate-number = هنا ما يشبه رقمًا شخصيًا. لا حاجة إليه هنا، فالأفضل أن تحذفه.
delicate-unsaved = لم تُحفظ المعلومة بعد. غيّرها، أو احفظها كما هي.
characters-left = الأحرف المتبقية: 
characters-over = الأحرف الزائدة: 
concept-found = توجد اقتراحات. تنقّل بمفاتيح الأسهم.
concept-none = لا اقتراحات. يمكنك استخدام كلماتك.
concept-pick = اختر ما يناسب
concept-own = بكلماتي: { $text }
done-saved = تم الحفظ.
done-deleted = تم الحذف.
done-confirmed = شكراً. أكّدت أنه صحيح.
