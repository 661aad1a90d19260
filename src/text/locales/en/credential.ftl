kind-credential = Proof from an issuer
field-credential-name = What is it called?
