"""Pure statistics on plain series: date -> Decimal, missing allowed. No Django, no float."""
