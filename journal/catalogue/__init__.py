"""The lists that the rest of the journal reads from: one definition each, with its source.

Plain Python and no Django, so that they can be read, tested and reused without a database:

- sources: where every fact comes from
- symptoms: what can be tracked, who lists it, what to suggest for which kind of medication
- drugs: medications by name and brand, and the class of each
- skills: coping skills with steps and timing
- crisis: emergency numbers and crisis lines by country
- red_flags: when to stop reading charts and get help
- clinical: half-lives, products and what to know before dividing one
- products, curves: what a product is; dose and occupancy, the named curves
- equivalents: benzodiazepine tables side by side
- conditions: what asks for specialist advice
- learn: the pages to read, with the source of each statement
"""
