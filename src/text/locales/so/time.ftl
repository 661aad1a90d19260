# Machine-made. Awaiting a native reader.
language-name = Soomaali
language-direction = ltr
language-review = awaiting
list-and = { $first } iyo { $last }
list-comma = ,
month-1 = Janaayo
month-2 = Febraayo
month-3 = Maarso
month-4 = Abriil
month-5 = Maajo
month-6 = Juun
month-7 = Luulyo
month-8 = Agoosto
month-9 = Sebtembar
month-10 = Oktoobar
month-11 = Nofembar
month-12 = Disembar
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-until = { $date }, { $span }
span-today = maanta
span-about = qiyaastii { $span }
span-days = { $count ->
    [one] hal maalin
   *[other] { $words } maalmood
}
span-weeks = { $count ->
    [one] hal toddobaad
   *[other] { $words } toddobaad
}
span-months = { $count ->
    [one] hal bil
    [12] hal sano
   *[other] { $words } bilood
}
length-years = { $count ->
    [one] hal sano
   *[other] { $count } sano
}
length-months = { $count ->
    [one] hal bil
   *[other] { $count } bilood
}
number-1 = hal
number-2 = laba
number-3 = saddex
number-4 = afar
number-5 = shan
number-6 = lix
number-7 = toddoba
number-8 = siddeed
number-9 = sagaal
number-10 = toban
number-11 = kow iyo toban
number-12 = laba iyo toban
when-today = Maanta { $time }
when-yesterday = Shalay { $time }
when-day = { $date } { $time }
when-time = saacadda { $time }
time-separator = :
