renamed-title = Det här har fått nya namn
renamed-now = Heter numera:
renamed-still = Listan över yrken och kompetenser har ändrats. Det du har skrivit gäller ändå. Vill du ha det nya namnet? Ändra och välj det.
