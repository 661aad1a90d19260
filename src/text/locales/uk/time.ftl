# Machine-made. Awaiting a native reader.
language-name = Українська
language-direction = ltr
language-review = awaiting
list-and = { $first } та { $last }
list-comma = ,
month-1 = січня
month-2 = лютого
month-3 = березня
month-4 = квітня
month-5 = травня
month-6 = червня
month-7 = липня
month-8 = серпня
month-9 = вересня
month-10 = жовтня
month-11 = листопада
month-12 = грудня
date-day = { $day } { $month } { $year }
date-month = { $month } { $year } року
date-until = { $date }, { $span }
span-today = сьогодні
span-about = приблизно { $span }
span-days = { $count ->
    [one] { $words } день
    [few] { $words } дні
    [many] { $words } днів
   *[other] { $words } дня
}
span-weeks = { $count ->
    [one] { $words } тиждень
    [few] { $words } тижні
    [many] { $words } тижнів
   *[other] { $words } тижня
}
span-months = { $count ->
    [12] один рік
    [one] { $words } місяць
    [few] { $words } місяці
    [many] { $words } місяців
   *[other] { $words } місяця
}
length-years = { $count ->
    [one] { $count } рік
    [few] { $count } роки
    [many] { $count } років
   *[other] { $count } року
}
length-months = { $count ->
    [one] { $count } місяць
    [few] { $count } місяці
    [many] { $count } місяців
   *[other] { $count } місяця
}
number-1 = один
number-2 = два
number-3 = три
number-4 = чотири
number-5 = п’ять
number-6 = шість
number-7 = сім
number-8 = вісім
number-9 = дев’ять
number-10 = десять
number-11 = одинадцять
number-12 = дванадцять
when-today = Сьогодні { $time }
when-yesterday = Учора { $time }
when-day = { $date } { $time }
when-time = о { $time }
time-separator = :
