# Why a login did not succeed, and the demo's own provider.

login-cancelled = Du avbröt inloggningen. Inget har hänt.
login-too-late = Det gick för lång tid, eller så började inloggningen i ett annat fönster. Logga in en gång till.
login-level = Din e-legitimation räcker inte hit. Använd en med högre säkerhetsnivå.
login-unavailable = Vi når inte den du ville logga in med just nu. Försök igen om en stund.
login-failed = Vi fick inget säkert svar från den du loggade in med. Försök igen.

demo-idp-title = Demo-legitimering
demo-idp-lead = Här behövs ingen e-legitimation: i demon väljer du själv vem du vill vara. Alla personer är påhittade.
demo-idp-choose = Vem vill du vara?
demo-idp-cancel = Avbryt
demo-idp-wrong = Den här sidan nås bara från inloggningen. Gå till startsidan och logga in därifrån.
demo-newcomer = Anställd som inte har bjudits in än
