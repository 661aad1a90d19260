# Words about who issues proofs, where others than staff read them.
role-issuer = Assessor
demo-offer = A proof to take
demo-offer-lead = An invented trade body has assessed someone and issued a proof. Take it into your own map with the code. It works once.
demo-offer-open = Take the proof
