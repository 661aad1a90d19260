# Machine-made. Awaiting a native reader.
renamed-title = هذه صارت لها أسماء جديدة
renamed-now = الاسم الآن:
renamed-still = تغيّرت قائمة المهن والمهارات. ما كتبته يبقى صالحًا. هل تريد الاسم الجديد؟ عدّل واختره.
