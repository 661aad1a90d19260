# Machine-made. Awaiting a native reader.
# What the check of the log says.

log-sound = السجل سليم: عدد الأسطر { $size }، منها { $erased } محذوفة بحسب القواعد.
log-held = قورن بنقاط التحقق عند عدد الأسطر { $sizes }.
log-fault-gap = السجل تالف: السطر { $number } مفقود.
log-fault-altered = تم تغيير السجل: السطر { $number } لا يطابق رقم التحقق الخاص به.
log-fault-missing = محتوى السطر { $number } مفقود دون أن يذكر أي سطر أنه حُذف.
log-fault-premature = السطر { $number } يذكر حذف سطر لم يكن موجوداً بعد.
log-fault-short = عدد أسطر السجل { $size }، لكن نقطة التحقق تعدّ { $checkpoint }. لقد أُزيلت أسطر.
log-fault-rewritten = من بين أول { $checkpoint } من الأسطر، تغيّر شيء أو أُزيل أو أُضيف منذ إنشاء نقطة التحقق.
log-fault-unsigned = أحدث نقطة تحقق، عند عدد الأسطر { $checkpoint }، ليست موقّعة بمفتاح السجل. لقد غُيّرت، أو أن المفتاح مختلف.
log-fault-unreadable = لا يمكن قراءة الملف الذي فيه نقطة التحقق.
log-fault-key = ما هو مكتوب بعد --key ليس مفتاحاً.
log-fault-checkpoint = الملف ليس نقطة تحقق موقّعة بالمفتاح.
