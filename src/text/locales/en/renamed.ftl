renamed-title = These have new names
renamed-now = Now called:
renamed-still = The list of occupations and skills has changed. What you wrote still holds. Want the new name? Change the entry and pick it.
