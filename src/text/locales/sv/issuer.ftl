# Ord om den som ger bevis, där andra än anställda läser dem.
role-issuer = Bedömare
demo-offer = Ett bevis att hämta
demo-offer-lead = En påhittad bransch har bedömt någon och gett ett bevis. Hämta det till din egen karta med koden. Den gäller en gång.
demo-offer-open = Hämta beviset
