# Why a login did not succeed, and the demo's own provider.

login-cancelled = You cancelled the login. Nothing has happened.
login-too-late = It took too long, or the login began in another window. Log in once more.
login-level = Your e-ID is not enough here. Use one with a higher level of assurance.
login-unavailable = We cannot reach the one you wanted to log in with right now. Try again in a while.
login-failed = We did not get a safe answer from the one you logged in with. Try again.

demo-idp-title = Demo identification
demo-idp-lead = No e-ID is needed here: in the demo you choose whom to be. All the people are invented.
demo-idp-choose = Whom do you want to be?
demo-idp-cancel = Cancel
demo-idp-wrong = This page is only reached from the login. Go to the start page and log in from there.
demo-newcomer = Employee who has not been invited yet
