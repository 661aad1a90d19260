# Machine-made. Awaiting a native reader.
# What the check of the log says.

log-sound = Журнал у порядку: рядків { $size }, з них стерто за правилами { $erased }.
log-held = Порівняно з контрольними точками, рядків: { $sizes }.
log-fault-gap = Журнал пошкоджено: немає рядка { $number }.
log-fault-altered = Журнал змінено: рядок { $number } не відповідає своїй контрольній сумі.
log-fault-missing = Вміст рядка { $number } зник, і жоден рядок не каже, що його стерто.
log-fault-premature = Рядок { $number } каже, що стерто рядок, якого ще не було.
log-fault-short = У журналі рядків { $size }, а контрольна точка рахує { $checkpoint }. Рядки вилучено.
log-fault-rewritten = Серед перших { $checkpoint } рядків щось змінено, вилучено або додано після створення контрольної точки.
log-fault-unsigned = Найновіша контрольна точка, рядків: { $checkpoint }, не підписана ключем журналу. Її змінено, або ключ інший.
log-fault-unreadable = Файл із контрольною точкою не вдалося прочитати.
log-fault-key = Те, що стоїть після --key, не є ключем.
log-fault-checkpoint = Файл не є контрольною точкою, підписаною цим ключем.
