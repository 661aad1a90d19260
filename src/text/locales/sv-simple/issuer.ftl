role-issuer = Bedömare
