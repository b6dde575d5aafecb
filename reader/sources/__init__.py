"""Where papers come from: bytes in, drafts or named rejections out."""
