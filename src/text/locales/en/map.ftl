map-title-named = My map: { $name }
map-lead = This is what you can do. Only you decide who may see it.
map-picture = Map of what you can do
map-legend = How the map shows what is proven
map-island = { $title } with { $count }
map-summary = { $count ->
    [one] One area: { $islands }.
   *[other] { $count } areas: { $islands }.
}
map-as-list = The same map as a list
map-empty-title = Your map begins here
map-empty = Start with one thing that you can do. It becomes the first mark on the map.
map-empty-skill = Write something you can do
map-review = Is this still right?
map-review-lead = You said so more than six months ago.
map-sections = Everything on the map
map-vault = Only for you
map-vault-lead = Health, life situation and safety are kept apart. They never show in the picture.
section-none = Nothing yet
section-count = { $count ->
    [one] one entry
   *[other] { $count } entries
}
section-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
section-counted = { $section } ({ $count })
section-empty = There is nothing here yet.
section-vault = This is kept apart. It never comes along when you share a whole section.
section-sensitive = There are sensitive things here. They are shared only if you choose each one.
section-full = The section is full: { $count } entries. Remove one to add another.
section-add = Add
entry-confirmed-on = Up to date on { $date }
entry-still = It is still right
entry-stale = This was changed in another window. Have a look and save again.
entry-never-shared = This can never be shared. Only you see it.
entry-sensitive = This is sensitive. It is shared only if you choose so yourself, for each recipient.
entry-audience = Who can read this?
entry-audience-none = Only you.
entry-versions = Earlier versions
entry-versions-none = There are none.
entry-delete-question = Remove “{ $heading }”?
entry-delete-meaning = The entry and all its earlier versions are destroyed. This cannot be undone.
entry-delete-shared = It also disappears for those you share with. What they have saved stays with them.
entry-delete-yes = Yes, remove
audience-title = They will see this
audience-title-sensitive = Do you want to show it to any of them?
audience-lead = You already share this section with them. Tick the box if someone should not see this.
audience-lead-sensitive = You share with them. This is sensitive and they do not see it unless you tick the box.
audience-unsaved = This is not saved yet.
audience-save = Save and show it to them
audience-keep-out = Do not show this to { $place }
audience-include = Show this to { $place }
audience-until = until { $date }
delicate-title = Read it through before you save
delicate-health = This may be about health: { $words }. Everyone who gets this part of the map reads it. If it is your own health, it belongs under “{ section-p12 }”, which you share by itself.
delicate-crime = This may be about a crime: { $words }. Everyone who gets this part of the map reads it. Nobody needs it to see what you can do, so rather take it out.
delicate-number = Something here looks like a personal identity number. It is not needed here, so rather take it out.
delicate-unsaved = This is not saved yet. Change it, or save it as it is.
characters-left = Characters left: 
characters-over = Characters too many: 
concept-found = Suggestions are shown. Use the arrow keys.
concept-none = No suggestions. Your own words are fine.
concept-pick = Choose what fits
concept-own = My own words: { $text }
done-saved = It is saved.
done-deleted = It is removed.
done-confirmed = Thank you. You have said that it is right.
