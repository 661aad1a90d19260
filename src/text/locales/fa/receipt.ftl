# Machine-made. Awaiting a native reader.
receipt-title = رسید
receipt-lead = رسید می‌گوید چه چیزی را، با چه کسی، چرا و تا کی به اشتراک می‌گذارید. مُهری دارد که نشان می‌دهد چیزی تغییر نکرده است. اگر خواستید آن را نگه دارید.
receipt-get = دریافت رسید
receipt-reads = رسید آنچه خوانده شده است
receipt-read = رسید: { $when }
receipt-acknowledged = گیرنده گفته است که می‌داند اشتراک پایان یافته است. این در { $date } بود.
receipt-method = دکمهٔ «بله، به اشتراک بگذار»، پس از نمایش متن
receipt-withdraw = شخص می‌تواند هر زمان، بدون گفتن دلیل، در صفحهٔ اشتراک‌ها به اشتراک‌گذاری پایان دهد.
receipt-right = حق پس گرفتن موافقت
receipt-kept-view = گیرنده نزد Egenkarta می‌خواند و قول داده است چیزی نگه ندارد.
receipt-kept-copy = گیرنده اجازه دارد نسخه‌ای در پروندهٔ خود داشته باشد و از قواعد بایگانی و رازداری خود پیروی می‌کند.
event-end-acknowledged = { $who } در { $place } گفته است که می‌دانند اشتراک پایان یافته است
who-program = برنامهٔ { $name }
