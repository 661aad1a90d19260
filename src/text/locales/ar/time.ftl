# Machine-made. Awaiting a native reader.
language-name = العربية
language-direction = rtl
language-review = awaiting
list-and = { $first } و{ $last }
list-comma = ،
month-1 = كانون الثاني/يناير
month-2 = شباط/فبراير
month-3 = آذار/مارس
month-4 = نيسان/أبريل
month-5 = أيار/مايو
month-6 = حزيران/يونيو
month-7 = تموز/يوليو
month-8 = آب/أغسطس
month-9 = أيلول/سبتمبر
month-10 = تشرين الأول/أكتوبر
month-11 = تشرين الثاني/نوفمبر
month-12 = كانون الأول/ديسمبر
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-until = { $date }، { $span }
span-today = اليوم
span-about = { $span } تقريباً
span-days = { $count ->
    [zero] اليوم
    [one] يوم واحد
    [two] يومان
    [few] { $words } أيام
    [many] { $words } يوماً
   *[other] { $words } يوم
}
span-weeks = { $count ->
    [zero] أقل من أسبوع
    [one] أسبوع واحد
    [two] أسبوعان
    [few] { $words } أسابيع
    [many] { $words } أسبوعاً
   *[other] { $words } أسبوع
}
span-months = { $count ->
    [12] سنة واحدة
    [zero] أقل من شهر
    [one] شهر واحد
    [two] شهران
    [few] { $words } أشهر
    [many] { $words } شهراً
   *[other] { $words } شهر
}
length-years = { $count ->
    [zero] أقل من سنة
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
    [many] { $count } سنة
   *[other] { $count } سنة
}
length-months = { $count ->
    [zero] أقل من شهر
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهراً
   *[other] { $count } شهر
}
number-1 = واحد
number-2 = اثنان
number-3 = ثلاثة
number-4 = أربعة
number-5 = خمسة
number-6 = ستة
number-7 = سبعة
number-8 = ثمانية
number-9 = تسعة
number-10 = عشرة
number-11 = أحد عشر
number-12 = اثنا عشر
when-today = اليوم { $time }
when-yesterday = أمس { $time }
when-day = { $date } { $time }
when-time = الساعة { $time }
time-separator = :
