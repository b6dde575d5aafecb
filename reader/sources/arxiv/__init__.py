"""What arXiv sends: API answers, feeds, OAI-PMH, mailings and pages."""
