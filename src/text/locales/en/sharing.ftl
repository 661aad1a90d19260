sharing-lead = Here you see whom you share with. You can stop whenever you like.
sharing-new = Share something
sharing-closed = Your map is locked. You see who you share with, and you can stop sharing. Open the map to see the rest.
sharing-open = Open the map
sharing-live = You share now
sharing-none = You share with nobody.
sharing-ended = Ended
term-code = Code
term-purpose = Why
term-what = What they may see
term-until = Until
term-mode = In which way
term-read = Read
term-who = Who
term-name = Your name
term-name-none = Not shown
term-if-no = If you say no
term-stop = How to stop
term-basis = Why they may use it
term-authority = Complain
term-case = Case
read-times = { $count ->
    [one] Once, { $when }
   *[other] { $count } times, last { $when }
}
read-never = Nobody has read it yet.
withdraw = Stop sharing
state-withdrawn = Ended { $date }
state-you-withdrew = You stopped sharing { $date }
state-expired = Ran out { $date }
state-invalidated = Annulled { $date }
state-not-answered = Not answered
share-title = Share
share-step = Step { $step } of 5
share-unit-title = Whom do you want to share with?
share-unit-lead = Search for the unit that you are in touch with.
share-unit-label = Name or municipality
share-unit-hint = For example Arbetsförmedlingen or Vetlanda.
share-unit-none = No unit has that name
share-unit-try = Try a shorter word, or the name of the municipality.
share-unit-found = { $count ->
    [one] One unit
   *[other] { $count } units
}
share-unit-more = There are more. Type more to find the right one.
share-unit-other = Choose another unit
share-purpose-title = Why do you want to share with { $unit }?
share-purpose-legend = Choose one thing. To share for several things, make one sharing for each.
share-what-title = What may { $unit } see?
share-what-lead = Nothing is chosen yet. Choose only what is needed.
share-whole = { $count ->
    [0] The whole section. It is empty now, and what you add later comes along
    [one] The whole section: one entry, and what you add later
   *[other] The whole section: { $count } entries, and what you add later
}
share-single = Choose one by one
share-entry = Share
share-keep-out = Keep out
share-others = More sections
share-sensitive = Sensitive things
share-sensitive-lead = They are shared only if you tick each one.
share-sensitive-here = This is sensitive
share-how-title = How may { $unit } read, and for how long?
share-mode = In which way?
mode-view = They may look
mode-view-hint = They read here when they need to and have promised to save nothing. No technology can stop someone from copying by hand.
mode-copy = They get a copy
mode-copy-hint = They get a copy to put in your case. It stays with them also when you stop sharing.
mode-view-short = Look
mode-copy-short = Copy
share-until = Until when?
share-until-hint = At the latest { $latest }. You can stop earlier.
share-until-other = Another day
share-until-date = The last day
share-name-legend = Your name
share-name-hint = You get a code that both of you see. If you like, your name can stand beside it.
share-name = Show the name { $name } beside the code
share-question = Do you want to share with { $unit }?
share-change-question = Do you want to change what you share with { $unit }?
share-see = See exactly what they may see
share-stop = Under Sharing you can stop whenever you like. You need not say why.
share-kept-view = What they write about in your case stays with them, even if you stop sharing.
share-kept-copy = The copy stays with them, even if you stop sharing. At an authority it may become a public document.
share-passphrase-hint = This is needed when you share something sensitive.
share-yes = Yes, share
share-no = No, do not share
share-change-yes = Yes, change
share-change-no = No, do not change
share-preview = This is how it looks to them
share-original-title = The same in Swedish
share-original-lead = The translation was made by a computer. Nobody who speaks the language has read it yet. So the Swedish text stands here too.
reading-alike = What is empty and what is not shared look alike: neither stands here.
reading-folded = Name and contact, hidden until you open ({ $count })
reading-empty = There is nothing to read here.
reading-copy = A copy that may be put in the case
reading-view = Look. Nothing may be saved
share-done-title = Now you are sharing
share-changed-title = The sharing is changed
share-done-lead = { $unit }, { $organisation }, can read what you chose.
share-done-code = The code you share
share-done-say = Say the code when you talk to them, so that they know it is your sharing.
share-done-until = It is valid until { $date }.
share-done-see = Under Events you see each time someone reads.
share-done-open = Show the sharing
not-shared-title = You did not share
not-shared-text = Nothing has been sent, and nobody is told that you said no.
consent-title = A sharing
consent-change-what = Change what they may see
consent-change-how = Change how long
consent-events = What has happened
consent-text = The text you answered
consent-text-one = { $language }, version { $version }
consent-text-beside = { $text }. Beside it stood { $original }.
consent-tokens = Programs that can read
consent-tokens-lead = The unit has let a program read. That stops when you stop sharing.
withdraw-question = Do you want to stop sharing with { $unit }?
withdraw-meaning = They can read no more, from now on. You need not say why.
withdraw-kept = What they have already saved in your case stays with them.
withdraw-yes = Yes, stop sharing
withdrawn-title = You no longer share
withdrawn-lead = { $unit }, { $organisation }, can read no more.
withdrawn-unread = Nobody had read anything.
withdrawn-read = { $count ->
    [one] They have read once.
   *[other] They have read { $count } times.
}
withdrawn-view = What they have written in your case may stay with them.
withdrawn-copy = They have got a copy. It may stay in your case with them.
withdrawn-ask = You can ask them what they have saved, and ask them to correct or remove it.
wrong-unit = Choose a unit from the list.
wrong-purpose = Choose why you want to share.
wrong-what = Choose at least one thing to share.
wrong-mode = Choose whether they may look or get a copy.
wrong-until = Choose until when. The day must lie ahead, but not after { $latest }.
wrong-query = Type a name or a municipality.
