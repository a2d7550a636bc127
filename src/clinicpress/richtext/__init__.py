"""Rich Text (.rtf) inside: its words counted by a reader of our own, and made plain for pandoc.

Pandoc takes letters of other code pages for Western ones, halves those beyond the first 65,536 and
shows text that tracked changes have deleted: `Inside.plain` is the file without these traps.
(Rich Text Format Specification 1.9.1.)

`inside` is what others call. `tokens` cuts the file up, `reader` goes through it with what
`groups`, `fonts`, `alphabets` and `symbols` know, `counting`, `beside` and `pictures` collect what
it finds, `plain` writes it anew.
"""
