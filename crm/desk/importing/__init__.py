"""Other people's CSV files, read as prospects, contacts, deals and activities.

`reading` makes rows of bytes, `shapes` says what the columns mean, `columns` how dates and amounts are
written, `plan` what will be new, changed or skipped and why, `writing` stores it, `undoing` takes it back.
"""
