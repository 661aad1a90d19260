# Proofs: what one is given, holds and shows.

kind-credential = A proof from someone else
field-credential-name = What the proof is about
field-credential-issuer = Who gave it
field-credential-number = Organisation number
field-credential-issued = Issued
field-credential-expires = Valid until
field-credential-seqf = Level in SeQF
choice-credential-seqf-1 = 1
choice-credential-seqf-2 = 2
choice-credential-seqf-3 = 3
choice-credential-seqf-4 = 4
choice-credential-seqf-5 = 5
choice-credential-seqf-6 = 6
choice-credential-seqf-7 = 7
choice-credential-seqf-8 = 8
field-credential-part = Whole or part
choice-credential-part-whole = The whole
choice-credential-part-part = A part
field-credential-proof = The proof itself

proof-unasked = A proof to check
proof-stands = What the proof says
proof-check = Check the proof
proof-check-lead = Copy the text and paste it on the page that checks.
proof-text = The proof itself
proof-show = Show it to someone
proof-files = Take the proof out as a file
proof-files-lead = You can keep it yourself or put it into another app.
proof-file-sd-jwt = For a wallet (SD-JWT)
proof-file-badge = As a badge (Open Badge)
proof-file-png = Badge as a picture (PNG)
proof-file-svg = Badge as a picture (SVG)
proof-file-elm = What the proof says, unsigned (ELM)
proof-file-eudi = What the proof says, for the EU wallet, unsigned

claim-concepts = Skills in the proof
claim-concepts-count = { $count ->
    [one] one skill
   *[other] { $count } skills
}
claim-given-name = Your first name
claim-family-name = Your family name

proofs-title = Proofs from others
proofs-lead = Here you put in a proof that you have been given, and show it to whom you like.

offer-title = Accept a proof
offer-lead = Have you got a code on paper or a link? Write the code here, and you will see what it is for.
offer-code = Your code
offer-code-hint = 28 characters. Small and capital letters are the same, and you can leave out the dashes.
offer-show = Show what I get
offer-look = You can look first. Nothing happens until you say yes.
offer-what = What you get
offer-lead-shown = Someone wants to give you this.
offer-accept-means = If you say yes, the proof goes into your map. Nobody else sees it until you share or show it.
offer-accept = Yes, put it into my map
offer-leave = Not now
offer-leave-means = If you choose “Not now”, nothing happens. The code can be used later.
offer-sign-in = To accept it you need to sign in.
offer-unlock = To accept it you need to open your map.
offer-again = We remember the code meanwhile, for one hour at most. You need not write it again.
offer-to-sign-in = Sign in
offer-to-unlock = Open my map
offer-none = There is nothing to fetch with that code. It may be used, taken back or too old. Ask whoever gave it to you.
offer-broken = The proof is not right. Ask whoever gave you the code.
offer-wrong-length = The code has 28 characters. See whether something is missing.
offer-wrong-check = One character of the code is wrong. Read it once more.

proof-add-title = Add a proof
proof-add-lead = Do you have a proof already, as a file or a text? We check it first. Then you choose whether it goes into the map.
proof-add-code = Do you have a code instead?
proof-add-file = A file
proof-add-choose = Choose the file
proof-add-file-hint = At most 5 MB. It can be a badge as a picture, or a text file with the proof.
proof-add-check = Check the file
proof-add-text = A text
proof-add-paste = Paste the proof
proof-add-text-hint = A long line of letters and digits, or text that begins with a brace.
proof-add-check-text = Check the text
proof-review-title = What the proof says
proof-review-counts = In the map the proof counts only as long as it is valid. If we do not know who gave it, it counts as your own word.
proof-review-add = Put it into my map
proof-review-not = It cannot be put into the map. Ask whoever gave you the proof for a new one.
proof-review-other = Choose another
proof-wrong-empty = Choose a file or paste a text.
proof-wrong-form = This is no proof that we can read.
proof-wrong-large = The proof is too large.

show-title = Show a proof
show-lead = You show only the proof that you choose. The rest of the map is shut.
show-none = You have no proof in the map yet.
show-which = Which proofs do you want to show?
show-which-hint = At most { $most } at a time.
show-how-title = What is to be seen?
show-always = This is always seen: what the proof is about, how sure it is, who gave it and how long it is valid.
show-claims = Tick what is to be seen as well. Your name is seen only if you choose it.
show-whole = This proof is shown whole. No part of it can be hidden.
show-whom = Who is it for?
show-whom-hint = Only you see this. Write the name of an employer, for example.
show-until = For how long can it be opened?
show-opens = How many times can it be opened?
show-make = Make a link
show-wrong-none = Choose at least one proof.
show-wrong-many = Choose at most { $most } proofs.
show-wrong-whom = Write at most { $most } characters.

showing-title = Your proof to show
showing-lead = Give the link, the picture or the paper to whoever is to see the proof.
showing-qr = A picture to read with a phone. It leads to the same link.
showing-holds = Whoever has the link or the code can see the proof. You can end it whenever you like.
showing-term-whom = For
showing-term-made = Made
showing-end = End it now
showing-openings = When it was opened
showing-unopened = Nobody has opened it yet.
showing-used-up = Opened as many times as you chose, the last time { $date }.
showing-ended-on = You ended it { $date }.
showing-expired-on = Ran out { $date }.
showing-of = From { $date }
showings-title = Proofs that you show
showings-link = Show proofs to someone
showings-lead = Here you see what you show, and when someone has opened it.
showings-live = Can be opened now
showings-none = You show no proof at the moment.
showings-ended = Ended
paper-title = Proof of competence
paper-how = Check this proof at
paper-until = The code is valid until { $date }.

done-taken = The proof is in your map.
done-shown = Done. It can be opened now.
done-ended = Ended. Nobody can open it any more.

event-proof-accepted = You accepted a proof from { $unit }
event-proof-added = You added a proof from { $unit }
event-showing-made = You began to show a proof
event-showing-opened = Someone opened a proof that you show
event-showing-ended = You stopped showing a proof
event-showing-denied = Someone tried to open a proof that you no longer show

gap-near-withdrawn = The proof has been withdrawn:
gap-near-unchecked = The proof cannot be checked just now:
