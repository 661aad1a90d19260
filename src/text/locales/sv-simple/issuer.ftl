role-issuer = Bedömare
demo-offer = Ett bevis att hämta
demo-offer-lead = Det här är på låtsas. Någon har fått ett bevis på vad den kan. Hämta det till din egen karta med koden. Koden gäller en gång.
demo-offer-open = Hämta beviset
