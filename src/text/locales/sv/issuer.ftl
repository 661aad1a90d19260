# Ord om den som ger bevis, där andra än anställda läser dem.
role-issuer = Bedömare
