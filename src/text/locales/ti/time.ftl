# Machine-made. Awaiting a native reader.
language-name = ትግርኛ
language-direction = ltr
language-review = awaiting
list-and = { $first } ከምኡውን { $last }
list-comma = ፡
month-1 = ጥሪ
month-2 = ለካቲት
month-3 = መጋቢት
month-4 = ሚያዝያ
month-5 = ግንቦት
month-6 = ሰነ
month-7 = ሓምለ
month-8 = ነሓሰ
month-9 = መስከረም
month-10 = ጥቅምቲ
month-11 = ሕዳር
month-12 = ታሕሳስ
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-until = { $date }፡ { $span }
span-today = ሎሚ
span-about = ኣስታት { $span }
span-days = { $count ->
    [one] ሓንቲ መዓልቲ
   *[other] { $words } መዓልታት
}
span-weeks = { $count ->
    [one] ሓደ ሰሙን
   *[other] { $words } ሰሙናት
}
span-months = { $count ->
    [one] ሓደ ወርሒ
    [12] ሓደ ዓመት
   *[other] { $words } ኣዋርሕ
}
length-years = { $count ->
    [one] ሓደ ዓመት
   *[other] { $count } ዓመት
}
length-months = { $count ->
    [one] ሓደ ወርሒ
   *[other] { $count } ኣዋርሕ
}
number-1 = ሓደ
number-2 = ክልተ
number-3 = ሰለስተ
number-4 = ኣርባዕተ
number-5 = ሓሙሽተ
number-6 = ሽዱሽተ
number-7 = ሸውዓተ
number-8 = ሸሞንተ
number-9 = ትሽዓተ
number-10 = ዓሰርተ
number-11 = ዓሰርተ ሓደ
number-12 = ዓሰርተ ክልተ
when-today = ሎሚ { $time }
when-yesterday = ትማሊ { $time }
when-day = { $date } { $time }
when-time = ሰዓት { $time }
time-separator = :
