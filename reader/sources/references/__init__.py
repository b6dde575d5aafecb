"""Files of reference managers: BibTeX, RIS and their kin."""
