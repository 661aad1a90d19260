# Machine-made. Awaiting a native reader.
receipt-title = إيصال
receipt-lead = يبيّن الإيصال ما تشاركه، ومع من، ولماذا، وإلى متى. وعليه ختم يُظهر أن شيئاً لم يتغيّر. احتفظ به إن أردت.
receipt-get = تنزيل الإيصال
receipt-reads = إيصالات ما تمت قراءته
receipt-read = إيصال: { $when }
receipt-acknowledged = قال المستلم إنه يعلم أن المشاركة انتهت. كان ذلك في { $date }.
receipt-method = زر «نعم، شارك»، بعد عرض النص
receipt-withdraw = يمكن للشخص إيقاف المشاركة في أي وقت، دون ذكر السبب، في صفحة المشاركات.
receipt-right = الحق في سحب الموافقة
receipt-kept-view = يقرأ المستلم لدى Egenkarta وقد وعد بألا يحفظ شيئاً.
receipt-kept-copy = يجوز للمستلم الاحتفاظ بنسخة في ملف القضية، ويتبع قواعده الخاصة بالأرشيف والسرية.
event-end-acknowledged = { $who } في { $place } قال إنهم يعلمون أن المشاركة انتهت
who-program = البرنامج { $name }
