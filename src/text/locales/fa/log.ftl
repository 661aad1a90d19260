# Machine-made. Awaiting a native reader.
# What the check of the log says.

log-sound = گزارش درست است: { $size } سطر، که { $erased } سطر آن طبق مقررات پاک شده است.
log-held = با نقاط کنترل در { $sizes } سطر مقایسه شد.
log-fault-gap = گزارش آسیب دیده است: سطر { $number } وجود ندارد.
log-fault-altered = گزارش تغییر کرده است: سطر { $number } با عدد کنترل خود سازگار نیست.
log-fault-missing = محتوای سطر { $number } از بین رفته و هیچ سطری نمی‌گوید که پاک شده است.
log-fault-premature = سطر { $number } می‌گوید سطری پاک شده که هنوز وجود نداشته است.
log-fault-short = گزارش { $size } سطر دارد، اما نقطهٔ کنترل { $checkpoint } می‌شمارد. سطرهایی برداشته شده است.
log-fault-rewritten = در میان { $checkpoint } سطر نخست، پس از ساختن نقطهٔ کنترل چیزی تغییر کرده، برداشته یا اضافه شده است.
log-fault-unsigned = تازه‌ترین نقطهٔ کنترل، در { $checkpoint } سطر، با کلید گزارش امضا نشده است. یا تغییر کرده یا کلید دیگری است.
log-fault-unreadable = فایل نقطهٔ کنترل خوانده نمی‌شود.
log-fault-key = آنچه پس از --key آمده کلید نیست.
log-fault-checkpoint = این فایل نقطهٔ کنترلی نیست که کلید آن را امضا کرده باشد.
