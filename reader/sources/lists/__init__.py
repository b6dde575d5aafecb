"""Reading lists: notes, tables, bookmarks, links in any text, pages and PDFs."""
