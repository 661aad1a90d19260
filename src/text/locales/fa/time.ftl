# Machine-made. Awaiting a native reader.
language-name = فارسی / دری
language-direction = rtl
language-review = awaiting
list-and = { $first } و { $last }
list-comma = ،
month-1 = ژانویه
month-2 = فوریه
month-3 = مارس
month-4 = آوریل
month-5 = مه
month-6 = ژوئن
month-7 = ژوئیه
month-8 = اوت
month-9 = سپتامبر
month-10 = اکتبر
month-11 = نوامبر
month-12 = دسامبر
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-until = { $date }، { $span }
span-today = امروز
span-about = حدود { $span }
span-days = { $count ->
    [one] { $words } روز
   *[other] { $words } روز
}
span-weeks = { $count ->
    [one] { $words } هفته
   *[other] { $words } هفته
}
span-months = { $count ->
    [12] یک سال
    [one] { $words } ماه
   *[other] { $words } ماه
}
length-years = { $count ->
    [one] یک سال
   *[other] { $count } سال
}
length-months = { $count ->
    [one] یک ماه
   *[other] { $count } ماه
}
number-1 = یک
number-2 = دو
number-3 = سه
number-4 = چهار
number-5 = پنج
number-6 = شش
number-7 = هفت
number-8 = هشت
number-9 = نه
number-10 = ده
number-11 = یازده
number-12 = دوازده
when-today = امروز { $time }
when-yesterday = دیروز { $time }
when-day = { $date } { $time }
when-time = ساعت { $time }
time-separator = :
