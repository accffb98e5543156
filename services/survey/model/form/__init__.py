"""The form (测评表) of a questionnaire: questions, lines, and how a filled-in one is read."""

from .form import Form, default_questions
from .item import Item, former_items, items_of
from .line import Line
from .question import Kind, Per, Question
from .reading import Mark, Reading

__all__ = [
    "Form",
    "Item",
    "Kind",
    "Line",
    "Mark",
    "Per",
    "Question",
    "Reading",
    "default_questions",
    "former_items",
    "items_of",
]
