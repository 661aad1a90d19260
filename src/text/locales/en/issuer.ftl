# Words about who issues proofs, where others than staff read them.
role-issuer = Assessor
