# Machine-made. Awaiting a native reader.
sharing-lead = Тут ви бачите, з ким ділитеся. Ви можете припинити будь-коли.
sharing-new = Поділитися чимось
sharing-closed = Карту замкнено. Ви бачите, з ким ділитеся, і можете закрити доступ. Відкрийте карту, щоб побачити решту.
sharing-open = Відкрити карту
sharing-live = Зараз ви ділитеся
sharing-none = Ви ні з ким не ділитеся.
sharing-ended = Закриті
term-code = Код
term-purpose = Навіщо
term-what = Що вони можуть бачити
term-until = До
term-mode = Яким чином
term-read = Прочитано
term-who = Хто
term-name = Ваше ім’я
term-name-none = Не показано
term-if-no = Якщо ви скажете «ні»
term-stop = Як закрити доступ
term-basis = Чому їм можна це використовувати
term-authority = Скарга
term-case = Справа
read-times = { $count ->
    [one] { $count } раз, востаннє { $when }
    [few] { $count } рази, востаннє { $when }
    [many] { $count } разів, востаннє { $when }
   *[other] { $count } раза, востаннє { $when }
}
read-never = Ще ніхто не читав.
withdraw = Закрити доступ
state-withdrawn = Закрито { $date }
state-you-withdrew = Ви закрили доступ { $date }
state-expired = Термін закінчився { $date }
state-invalidated = Скасовано { $date }
state-not-answered = Без відповіді
share-title = Поділитися
share-step = Крок { $step } з 5
share-unit-title = З ким ви хочете поділитися?
share-unit-lead = Знайдіть підрозділ, з яким ви маєте справу.
share-unit-label = Назва або муніципалітет
share-unit-hint = Наприклад, Arbetsförmedlingen або Vetlanda.
share-unit-none = Підрозділу з такою назвою немає
share-unit-try = Спробуйте коротше слово або назву муніципалітету.
share-unit-found = { $count ->
    [one] { $count } підрозділ
    [few] { $count } підрозділи
    [many] { $count } підрозділів
   *[other] { $count } підрозділу
}
share-unit-more = Є ще. Напишіть більше, щоб знайти потрібний.
share-unit-other = Вибрати інший підрозділ
share-purpose-title = Навіщо ви хочете поділитися з { $unit }?
share-purpose-legend = Виберіть щось одне. Якщо хочете поділитися для кількох цілей, зробіть окремий доступ для кожної.
share-what-title = Що може бачити { $unit }?
share-what-lead = Ще нічого не вибрано. Виберіть лише те, що потрібно.
share-whole = { $count ->
    [0] Увесь розділ. Зараз він порожній, а те, що ви додасте пізніше, теж увійде
    [one] Увесь розділ: { $count } запис і те, що ви додасте пізніше
    [few] Увесь розділ: { $count } записи і те, що ви додасте пізніше
    [many] Увесь розділ: { $count } записів і те, що ви додасте пізніше
   *[other] Увесь розділ: { $count } запису і те, що ви додасте пізніше
}
share-single = Вибрати по одному
share-entry = Поділитися
share-keep-out = Не показувати
share-others = Інші розділи
share-sensitive = Чутливі дані
share-sensitive-lead = Ними можна поділитися, лише якщо ви позначите кожен запис.
share-sensitive-here = Це чутливі дані
share-how-title = Як і як довго може читати { $unit }?
share-mode = Яким чином?
mode-view = Вони можуть дивитися
mode-view-hint = Вони читають тут, коли їм потрібно, і пообіцяли нічого не зберігати. Жодна техніка не зупинить того, хто захоче переписати.
mode-copy = Вони отримають копію
mode-copy-hint = Вони отримають копію для вашої справи. Вона залишиться в них і після того, як ви закриєте доступ.
mode-view-short = Дивитися
mode-copy-short = Копія
share-until = До якого часу?
share-until-hint = Найдовше до { $latest }. Ви можете припинити раніше.
share-until-other = Інша дата
share-until-date = Останній день
share-name-legend = Ваше ім’я
share-name-hint = Ви отримаєте код, який бачите і ви, і вони. За бажанням поруч може стояти ваше ім’я.
share-name = Показувати ім’я { $name } поруч із кодом
share-question = Поділитися з { $unit }?
share-change-question = Змінити те, чим ви ділитеся з { $unit }?
share-see = Побачити точно те, що побачать вони
share-stop = У розділі «Доступи» ви можете припинити будь-коли. Пояснювати не потрібно.
share-kept-view = Те, що вони напишуть у вашій справі, залишиться в них, навіть якщо ви закриєте доступ.
share-kept-copy = Копія залишиться в них, навіть якщо ви закриєте доступ. У державній установі вона може стати публічним документом (allmän handling).
share-passphrase-hint = Це потрібно, коли ви ділитеся чимось чутливим.
share-yes = Так, поділитися
share-no = Ні, не ділитися
share-change-yes = Так, змінити
share-change-no = Ні, не змінювати
share-preview = Ось як це бачать вони
share-original-title = Те саме шведською
share-original-lead = Переклад зробив комп’ютер. Його ще не читав ніхто, для кого ця мова рідна. Тому тут стоїть і шведський текст.
reading-alike = Порожнє і те, чим не поділилися, виглядає однаково: тут немає ні того, ні іншого.
reading-folded = Ім’я та контакти, приховано, доки не відкриєте ({ $count })
reading-empty = Тут немає чого читати.
reading-copy = Копія, яку можна додати до справи
reading-view = Перегляд. Нічого не можна зберігати
share-done-title = Тепер ви ділитеся
share-changed-title = Доступ змінено
share-done-lead = { $unit }, { $organisation }, може читати те, що ви вибрали.
share-done-code = Ваш спільний код
share-done-say = Назвіть код, коли говорите з ними, — так вони знатимуть, що це ваш доступ.
share-done-until = Він діє до { $date }.
share-done-see = У розділі «Події» ви бачите кожен раз, коли хтось читає.
share-done-open = Показати доступ
not-shared-title = Ви не поділилися
not-shared-text = Нічого не надіслано, і ніхто не дізнається, що ви відповіли «ні».
consent-title = Доступ
consent-change-what = Змінити, що вони можуть бачити
consent-change-how = Змінити термін
consent-events = Що відбулося
consent-text = Текст, на який ви відповіли
consent-text-one = { $language }, версія { $version }
consent-text-beside = { $text }. Поруч стояло: { $original }.
consent-tokens = Програми, які можуть читати
consent-tokens-lead = Підрозділ дозволив програмі читати. Це припиниться, коли ви закриєте доступ.
withdraw-question = Закрити доступ для { $unit }?
withdraw-meaning = Відтепер вони більше не зможуть читати. Пояснювати не потрібно.
withdraw-kept = Те, що вони вже зберегли у вашій справі, залишиться в них.
withdraw-yes = Так, закрити доступ
withdrawn-title = Ви більше не ділитеся
withdrawn-lead = { $unit }, { $organisation }, більше не може читати.
withdrawn-unread = Ніхто не встиг нічого прочитати.
withdrawn-read = { $count ->
    [one] Вони читали { $count } раз.
    [few] Вони читали { $count } рази.
    [many] Вони читали { $count } разів.
   *[other] Вони читали { $count } раза.
}
withdrawn-view = Те, що вони написали у вашій справі, може залишитися в них.
withdrawn-copy = Вони отримали копію. Вона може залишитися у вашій справі в них.
withdrawn-ask = Ви можете запитати, що вони зберегли, і попросити виправити або видалити це.
wrong-unit = Виберіть підрозділ зі списку.
wrong-purpose = Виберіть, навіщо ви хочете поділитися.
wrong-what = Виберіть принаймні щось одне, чим поділитися.
wrong-mode = Виберіть, чи вони можуть дивитися, чи отримають копію.
wrong-until = Виберіть, до якого часу. Дата має бути в майбутньому, але не пізніше { $latest }.
wrong-query = Напишіть назву або муніципалітет.
