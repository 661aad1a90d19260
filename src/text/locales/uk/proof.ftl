# Machine-made. Awaiting a native reader.

kind-credential = Свідоцтво від когось іншого
field-credential-name = Про що свідоцтво
field-credential-issuer = Хто його дав
field-credential-number = Номер організації (organisationsnummer)
field-credential-issued = Видано
field-credential-expires = Дійсне до
field-credential-seqf = Рівень у SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = Повністю чи частково
choice-credential-part-whole = Повністю
choice-credential-part-part = Частково
field-credential-proof = Саме свідоцтво

proof-unasked = Свідоцтво для перевірки
proof-stands = Що сказано у свідоцтві
proof-check = Перевірити свідоцтво
proof-check-lead = Скопіюйте текст і вставте його на сторінці перевірки.
proof-text = Саме свідоцтво
proof-show = Показати комусь
proof-files = Завантажити свідоцтво як файл
proof-files-lead = Ви можете зберегти його в себе або додати в іншу програму.
proof-file-sd-jwt = Для цифрового гаманця (SD-JWT)
proof-file-badge = Як значок (Open Badge)
proof-file-png = Значок як зображення (PNG)
proof-file-svg = Значок як зображення (SVG)
proof-file-elm = Що сказано у свідоцтві, без підпису (ELM)
proof-file-eudi = Що сказано у свідоцтві, для гаманця ЄС, без підпису

claim-concepts = Навички у свідоцтві
claim-concepts-count = { $count ->
    [one] { $count } навичка
    [few] { $count } навички
    [many] { $count } навичок
   *[other] { $count } навички
}
claim-given-name = Ваше ім’я
claim-family-name = Ваше прізвище

proofs-title = Свідоцтва від інших
proofs-lead = Тут ви додаєте свідоцтво, яке отримали, і показуєте його тому, кому хочете.

offer-title = Прийняти свідоцтво
offer-lead = Ви отримали код на папері або посилання? Напишіть код тут і побачите, що це.
offer-code = Ваш код
offer-code-hint = 28 знаків. Великі й малі літери не мають значення, а риски можна пропустити.
offer-show = Показати, що я отримаю
offer-look = Спершу можна подивитися. Нічого не станеться, доки ви не скажете «так».
offer-what = Що ви отримаєте
offer-lead-shown = Хтось хоче дати вам це.
offer-accept-means = Якщо ви скажете «так», свідоцтво буде додано до вашої карти. Ніхто інший його не побачить, доки ви ним не поділитеся або не покажете його.
offer-accept = Так, додати до моєї карти
offer-leave = Не зараз
offer-leave-means = Якщо ви виберете «Не зараз», нічого не станеться. Код можна використати пізніше.
offer-sign-in = Щоб прийняти його, вам треба ввійти.
offer-unlock = Щоб прийняти його, вам треба відкрити свою карту.
offer-again = Тим часом ми пам’ятаємо код, щонайбільше одну годину. Писати його знову не треба.
offer-to-sign-in = Увійти
offer-to-unlock = Відкрити мою карту
offer-none = За цим кодом нічого немає. Можливо, його вже використано, відкликано або він застарий. Запитайте того, хто вам його дав.
offer-broken = Свідоцтво неправильне. Запитайте того, хто дав вам код.
offer-wrong-length = Код має містити 28 знаків. Перевірте, чи чогось не бракує.
offer-wrong-check = Якийсь знак у коді неправильний. Прочитайте код ще раз.

proof-add-title = Додати свідоцтво
proof-add-lead = У вас уже є свідоцтво у вигляді файлу чи тексту? Спершу ми його перевіримо. Потім ви вирішите, чи додати його до карти.
proof-add-code = У вас натомість є код?
proof-add-file = Файл
proof-add-choose = Виберіть файл
proof-add-file-hint = Не більше 5 МБ. Це може бути значок як зображення або текстовий файл зі свідоцтвом.
proof-add-check = Перевірити файл
proof-add-text = Текст
proof-add-paste = Вставте свідоцтво
proof-add-text-hint = Довгий рядок літер і цифр або текст, що починається з фігурної дужки.
proof-add-check-text = Перевірити текст
proof-review-title = Що сказано у свідоцтві
proof-review-counts = На карті свідоцтво враховується, лише поки воно дійсне. Якщо ми не знаємо того, хто його дав, воно враховується як ваші власні слова.
proof-review-add = Додати до моєї карти
proof-review-not = Його не можна додати до карти. Попросіть нове в того, хто дав вам свідоцтво.
proof-review-other = Вибрати інше
proof-wrong-empty = Виберіть файл або вставте текст.
proof-wrong-form = Це не свідоцтво, яке ми можемо прочитати.
proof-wrong-large = Свідоцтво завелике.

show-title = Показати свідоцтво
show-lead = Ви показуєте лише те свідоцтво, яке виберете. Решта карти закрита.
show-none = У вас на карті ще немає свідоцтв.
show-which = Які свідоцтва ви хочете показати?
show-which-hint = Не більше { $most } за один раз.
show-how-title = Що має бути видно?
show-always = Це видно завжди: про що свідоцтво, наскільки воно надійне, хто його дав і як довго воно дійсне.
show-claims = Позначте, що ще має бути видно. Ваше ім’я видно, лише якщо ви це виберете.
show-whole = Це свідоцтво показується цілком. Приховати його частину неможливо.
show-whom = Для кого це?
show-whom-hint = Це бачите лише ви. Напишіть, наприклад, назву роботодавця.
show-until = Як довго його можна буде відкрити?
show-opens = Скільки разів його можна буде відкрити?
show-make = Створити посилання
show-wrong-none = Виберіть принаймні одне свідоцтво.
show-wrong-many = Виберіть не більше { $most } свідоцтв.
show-wrong-whom = Не більше { $most } знаків.

showing-title = Ваше свідоцтво для показу
showing-lead = Дайте посилання, картинку або аркуш тому, хто має побачити свідоцтво.
showing-qr = Картинка, яку читає телефон. Вона веде до того самого посилання.
showing-holds = Той, хто має посилання або код, може побачити свідоцтво. Ви можете припинити будь-коли.
showing-term-whom = Для
showing-term-made = Створено
showing-end = Закрити зараз
showing-openings = Коли його відкривали
showing-unopened = Ще ніхто його не відкривав.
showing-used-up = Відкрито стільки разів, скільки ви вибрали, востаннє { $date }.
showing-ended-on = Ви закрили його { $date }.
showing-expired-on = Термін закінчився { $date }.
showing-of = Від { $date }
showings-title = Свідоцтва, які ви показуєте
showings-link = Показати комусь свідоцтва
showings-lead = Тут ви бачите, що показуєте і коли хтось це відкрив.
showings-live = Зараз можна відкрити
showings-none = Зараз ви не показуєте жодного свідоцтва.
showings-ended = Закриті
paper-title = Свідоцтво про вміння
paper-how = Перевірити це свідоцтво можна за адресою
paper-until = Код діє до { $date }.

done-taken = Свідоцтво на вашій карті.
done-shown = Готово. Тепер його можна відкрити.
done-ended = Закрито. Більше ніхто не зможе його відкрити.

event-proof-accepted = Ви прийняли свідоцтво від { $unit }
event-proof-added = Ви додали свідоцтво від { $unit }
event-showing-made = Ви почали показувати свідоцтво
event-showing-opened = Хтось відкрив свідоцтво, яке ви показуєте
event-showing-ended = Ви припинили показувати свідоцтво
event-showing-denied = Хтось намагався відкрити свідоцтво, яке ви більше не показуєте

gap-near-withdrawn = Свідоцтво відкликано:
gap-near-unchecked = Зараз свідоцтво неможливо перевірити:
