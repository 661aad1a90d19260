# Why a login did not succeed, and the demo's own provider.

login-cancelled = Du valde att avbryta. Inget har hänt.
login-too-late = Det tog för lång tid. Eller så började du i ett annat fönster. Logga in en gång till.
login-level = Din e-legitimation är inte säker nog för det här. Välj en som är säkrare.
login-unavailable = Det går inte att logga in så just nu. Försök igen om en stund.
login-failed = Vi fick inget säkert svar. Försök igen.

demo-idp-title = Låtsas-legitimation
demo-idp-lead = Det här är bara ett test. Du behöver ingen e-legitimation. Du väljer vem du vill vara. Ingen person är på riktigt.
demo-idp-choose = Vem vill du vara?
demo-idp-cancel = Avbryt
demo-idp-wrong = Du kan inte börja på den här sidan. Gå till första sidan. Logga in där.
demo-newcomer = En som arbetar på en enhet men inte är bjuden än
