# Machine-made. Awaiting a native reader.
renamed-title = Kuwan magacyo cusub ayay yeesheen
renamed-now = Hadda waxaa la yidhaahdaa:
renamed-still = Liiska shaqooyinka iyo xirfadaha wuu isbeddelay. Waxa aad qortay weli waa sax. Ma rabtaa magaca cusub? Beddel oo dooro.
