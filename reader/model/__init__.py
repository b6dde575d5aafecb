"""The domain without screens, files or SQL: papers, identifiers, text, changes."""
