language-name = English
language-direction = ltr
language-review = read
list-and = { $first } and { $last }
list-comma = ,
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-until = { $date }, { $span }
span-today = today
span-about = about { $span }
span-days = { $count ->
    [one] one day
   *[other] { $words } days
}
span-weeks = { $count ->
    [one] one week
   *[other] { $words } weeks
}
span-months = { $count ->
    [one] one month
    [12] one year
   *[other] { $words } months
}
length-years = { $count ->
    [one] one year
   *[other] { $count } years
}
length-months = { $count ->
    [one] one month
   *[other] { $count } months
}
number-1 = one
number-2 = two
number-3 = three
number-4 = four
number-5 = five
number-6 = six
number-7 = seven
number-8 = eight
number-9 = nine
number-10 = ten
number-11 = eleven
number-12 = twelve
when-today = Today { $time }
when-yesterday = Yesterday { $time }
when-day = { $date } { $time }
when-time = at { $time }
time-separator = :
