"""Names that are handed on."""

from .bases import Base as PublicBase
from .bases import Number

__all__ = ['Number', 'PublicBase']
