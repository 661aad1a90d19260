# Machine-made. Awaiting a native reader.
events-lead = Тут записано кожен раз, коли хтось читає, і кожен раз, коли ви щось змінюєте.
events-none = Поки що нічого не сталося.
events-older = Показати старіші
events-check = Чи список цілий?
events-check-lead = Кожен рядок замкнено з попереднім. Ви можете перевірити, що жоден рядок не зник і не змінений.
events-verify = Перевірити список
events-whole = { $count ->
    [one] Список цілий. Перевірено { $count } рядок.
    [few] Список цілий. Перевірено { $count } рядки.
    [many] Список цілий. Перевірено { $count } рядків.
   *[other] Список цілий. Перевірено { $count } рядка.
}
events-waiting = { $count ->
    [one] { $count } рядок перевірено, він цілий. Останній ще чекає на свій замок. Спробуйте трохи згодом.
    [few] { $count } рядки перевірено, вони цілі. Останні ще чекають на свій замок. Спробуйте трохи згодом.
    [many] { $count } рядків перевірено, вони цілі. Останні ще чекають на свій замок. Спробуйте трохи згодом.
   *[other] { $count } рядка перевірено, вони цілі. Останні ще чекають на свій замок. Спробуйте трохи згодом.
}
events-broken = Щось не так у рядку { $line }. Надрукуйте цю сторінку і зв’яжіться з нами.
events-seal = Печатка списку
events-seal-lead = Збережіть або надрукуйте печатку. З нею ви потім зможете показати, чи хтось змінив список.
who-you = Ви
who-service = Сервіс
who-unknown = Хтось
who-token = Програма { $label }, за яку відповідає { $by }
event-why = навіщо: { $purpose }
event-case = справа { $case }
event-times = разів: { $count }
event-account-created = Ви створили свою карту
event-opened = Карту відкрито новим способом ({ $who })
event-slot-added = Ви додали спосіб відкривати карту
event-slot-removed = Ви видалили спосіб відкривати карту
event-keys-rotated = Ви замінили замки карти
event-entry-added = Ви щось додали в розділі: { $sections }
event-entry-changed = Ви щось змінили в розділі: { $sections }
event-entry-confirmed = Ви підтвердили, що запис досі правильний, у розділі: { $sections }
event-entry-deleted = Ви щось видалили в розділі: { $sections }
event-consent-given = Ви почали ділитися з { $place }
event-consent-changed = Ви змінили доступ для { $place }
event-consent-withdrawn = Ви закрили доступ для { $place }
event-consent-expired = Термін доступу для { $place } закінчився
event-consent-invalidated = Доступ для { $place } скасовано
event-token-minted = { $who } ({ $place }): програмі дозволено читати
event-token-revoked = { $who } ({ $place }): програму зупинено
event-token-minted-by = { $by } ({ $place }): програмі { $label } дозволено читати
event-token-revoked-by = { $by } ({ $place }): програму { $label } зупинено
event-token-minted-at = { $place }: програмі { $label } дозволено читати
event-token-revoked-at = { $place }: програму { $label } зупинено
event-sections-none = нічого
event-read = { $who } ({ $place }): прочитано { $sections }
event-copy-delivered = { $who } ({ $place }): отримано копію { $sections }
event-denied = { $place }: спроба прочитати, але доступу не було
event-denied-unknown = Хтось намагався прочитати з кодом, який не діє
event-exported = Ви завантажили все з карти
event-erase-asked = Ви попросили видалити все
event-login-bound = Ваш вхід прив’язано до карти
event-unit-blocked = Ви заблокували { $place }
event-unit-unblocked = Ви розблокували { $place }
event-staff-invited = { $who }: запрошено { $whom }
event-staff-joined = { $who }: тепер у підрозділі
event-staff-removed = { $who }: видалено { $whom } з підрозділу
event-unit-sheet-printed = { $who }: зроблено новий запасний аркуш підрозділу
event-unit-keys-rotated = { $who }: замінено замки підрозділу
event-client-added = { $who }: додано програму { $whom }
event-client-changed = { $who }: змінено програму { $whom }
event-client-ended = { $who }: зупинено програму { $whom }
