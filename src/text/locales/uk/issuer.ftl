# Machine-made. Awaiting a native reader.
role-issuer = Оцінювач
demo-offer = Свідоцтво, яке можна отримати
demo-offer-lead = Вигадана галузева організація оцінила когось і дала свідоцтво. Отримайте його на свою карту за кодом. Код діє один раз.
demo-offer-open = Отримати свідоцтво
