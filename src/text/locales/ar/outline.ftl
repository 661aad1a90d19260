# Machine-made. Awaiting a native reader.
outlines-title = الطباعة لمسح المهارات (kartläggning)
outlines-lead = يطلب القانون من عدة جهات حكومية أن تتعرف على ما تجيده. يسمى ذلك مسح المهارات (kartläggning). اختر أيّها، فتُطبع خريطتك بالترتيب الذي تريده الجهة.
outlines-link = الطباعة لمسح المهارات (kartläggning)
outline-own = أنت وحدك ترى هذه الصفحة. أنت تقرر من يحصل على الورقة.
outline-date = طُبع من Egenkarta في { $date }.
outline-sensitive = هذا حساس. لا يظهر على الورقة إلا إذا كان مفتوحاً هنا.
outline-for = الطباعة لمن تشاركه
outline-for-lead = عندها لا يظهر إلا ما تشاركه، مع رمز يعرفونه.
outline-shared = إلى { $place }. فقط ما تشاركه معهم.
outline-rest-shared = يمكنهم قراءة الباقي في Egenkarta.
outline-rest = الباقي موجود في Egenkarta لدى صاحب الخريطة.
outline-qr = رمز يُقرأ بالهاتف. لا يفتحه إلا من تشاركهم.
