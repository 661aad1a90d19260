# Machine-made. Awaiting a native reader.
map-title-named = Моя карта: { $name }
map-lead = Це те, що ви вмієте. Лише ви вирішуєте, хто може це бачити.
map-picture = Карта того, що ви вмієте
map-legend = Як показано, чим підтверджено запис
map-island = { $title } ({ $count })
map-summary = { $count ->
    [one] { $count } область: { $islands }.
    [few] { $count } області: { $islands }.
    [many] { $count } областей: { $islands }.
   *[other] { $count } області: { $islands }.
}
map-as-list = Та сама карта списком
map-empty-title = Тут починається ваша карта
map-empty = Почніть з того, що ви вмієте. Це буде перша позначка на карті.
map-empty-skill = Написати, що я вмію
map-review = Чи це досі правильно?
map-review-lead = Ви підтверджували це понад шість місяців тому.
map-sections = Усе на карті
map-vault = Лише для вас
map-vault-lead = Здоров’я, життєва ситуація та безпека зберігаються окремо. Їх ніколи не видно на зображенні.
section-none = Ще нічого
section-count = { $count ->
    [one] { $count } запис
    [few] { $count } записи
    [many] { $count } записів
   *[other] { $count } запису
}
section-more = { $count ->
    [one] і ще { $count }
    [few] і ще { $count }
    [many] і ще { $count }
   *[other] і ще { $count }
}
section-counted = { $section } ({ $count })
section-empty = Тут ще нічого немає.
section-vault = Це зберігається окремо. Воно ніколи не передається, коли ви ділитеся цілим розділом.
section-sensitive = Тут є чутливі дані. Ними можна поділитися, лише якщо ви виберете кожен запис окремо.
section-full = Розділ заповнено, записів: { $count }. Видаліть один, щоб додати новий.
section-add = Додати
entry-confirmed-on = Актуально на { $date }
entry-still = Це досі правильно
entry-stale = Запис змінено в іншому вікні. Перегляньте і збережіть ще раз.
entry-never-shared = Цим ніколи не можна поділитися. Це бачите лише ви.
entry-sensitive = Це чутливі дані. Ними можна поділитися, лише якщо ви самі це виберете, для кожного отримувача.
entry-audience = Хто може це читати?
entry-audience-none = Лише ви.
entry-versions = Попередні версії
entry-versions-none = Їх немає.
entry-delete-question = Видалити «{ $heading }»?
entry-delete-meaning = Запис і всі його попередні версії буде знищено. Це не можна скасувати.
entry-delete-shared = Він зникне також у тих, з ким ви ділитеся. Те, що вони зберегли, залишиться в них.
entry-delete-yes = Так, видалити
audience-title = Вони це побачать
audience-title-sensitive = Хочете показати це комусь із них?
audience-lead = Ви вже ділитеся з ними цим розділом. Поставте позначку, якщо хтось не повинен бачити саме це.
audience-lead-sensitive = Ви ділитеся з ними. Це чутливі дані, і вони їх не побачать, якщо ви не поставите позначку.
audience-unsaved = Ще не збережено.
audience-save = Зберегти й показати їм
audience-keep-out = Не показувати це: { $place }
audience-include = Показати це: { $place }
audience-until = до { $date }
delicate-title = Прочитайте, перш ніж зберегти
delicate-health = Можливо, це про здоров’я: { $words }. Це прочитає кожен, хто отримає цю частину карти. Якщо йдеться про ваше власне здоров’я, йому місце в розділі «{ section-p12 }», яким ви ділитеся окремо.
delicate-crime = Можливо, це про злочин: { $words }. Це прочитає кожен, хто отримає цю частину карти. Нікому це не потрібно, щоб побачити, що ви вмієте, тож краще це прибрати.
delicate-number = Тут є щось схоже на особистий номер. Він тут не потрібен, тож краще його прибрати.
delicate-unsaved = Ще не збережено. Змініть або збережіть як є.
characters-left = Залишилося знаків: 
characters-over = Зайвих знаків: 
concept-found = Є підказки. Користуйтеся клавішами зі стрілками.
concept-none = Підказок немає. Можна писати своїми словами.
concept-pick = Виберіть те, що підходить
concept-own = Мої власні слова: { $text }
done-saved = Збережено.
done-deleted = Видалено.
done-confirmed = Дякуємо. Ви підтвердили, що це правильно.
