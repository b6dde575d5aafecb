"""The macros that NASA ADS uses for names of journals in BibTeX.

Source: https://ui.adsabs.harvard.edu/help/actions/journal-macros
"""

JOURNALS = {
    "aj": "Astronomical Journal", "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters", "apjs": "Astrophysical Journal Supplement",
    "aap": "Astronomy and Astrophysics", "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics Supplement", "araa": "Annual Review of Astronomy and "
    "Astrophysics", "mnras": "Monthly Notices of the Royal Astronomical Society",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "pasj": "Publications of the Astronomical Society of Japan", "nat": "Nature",
    "pra": "Physical Review A", "prb": "Physical Review B", "prc": "Physical Review C",
    "prd": "Physical Review D", "pre": "Physical Review E", "prl": "Physical Review Letters",
    "physrep": "Physics Reports", "jcap": "Journal of Cosmology and Astroparticle Physics",
    "icarus": "Icarus", "solphys": "Solar Physics", "ssr": "Space Science Reviews",
    "grl": "Geophysical Research Letters", "jgr": "Journal of Geophysical Research",
    "planss": "Planetary and Space Science", "nphysa": "Nuclear Physics A",
    "actaa": "Acta Astronomica", "apss": "Astrophysics and Space Science",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "memras": "Memoirs of the Royal Astronomical Society", "qjras": "Quarterly Journal of the "
    "Royal Astronomical Society", "sovast": "Soviet Astronomy",
}  # fmt: skip
"""Names of journals by macro."""
