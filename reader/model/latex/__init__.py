"""LaTeX in titles and abstracts, made readable."""

from reader.model.latex.prose import convert, has_latex
from reader.model.latex.styled import Span, StyledText

__all__ = ["Span", "StyledText", "convert", "has_latex"]
