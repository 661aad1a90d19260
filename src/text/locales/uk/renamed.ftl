# Machine-made. Awaiting a native reader.
renamed-title = Це має нові назви
renamed-now = Тепер називається:
renamed-still = Список професій і навичок змінився. Те, що ви написали, і далі чинне. Хочете нову назву? Змініть запис і виберіть її.
