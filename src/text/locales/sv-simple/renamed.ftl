renamed-title = Det här har nya namn
renamed-now = Heter nu:
renamed-still = Listan över yrken är ny. Det du har skrivit gäller ändå. Vill du ha det nya namnet? Tryck på Ändra. Välj sedan namnet.
