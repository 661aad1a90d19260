language-name = Lätt svenska
language-direction = ltr
language-review = read
list-and = { $first } och { $last }
list-comma = ,
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-until = { $date }, { $span }
span-today = i dag
span-about = ungefär { $span }
span-days = { $count ->
    [one] en dag
   *[other] { $words } dagar
}
span-weeks = { $count ->
    [one] en vecka
   *[other] { $words } veckor
}
span-months = { $count ->
    [one] en månad
    [12] ett år
   *[other] { $words } månader
}
length-years = { $count ->
    [one] ett år
   *[other] { $count } år
}
length-months = { $count ->
    [one] en månad
   *[other] { $count } månader
}
number-1 = en
number-2 = två
number-3 = tre
number-4 = fyra
number-5 = fem
number-6 = sex
number-7 = sju
number-8 = åtta
number-9 = nio
number-10 = tio
number-11 = elva
number-12 = tolv
when-today = I dag { $time }
when-yesterday = I går { $time }
when-day = { $date } { $time }
when-time = klockan { $time }
time-separator = .
