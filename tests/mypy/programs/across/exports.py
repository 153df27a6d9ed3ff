"""Names that are handed on."""

from gokart import TaskInstanceParameter as TaskParam
from gokart import TaskOnKart
from luigi import *
from luigi import IntParameter as Int

from .first import First as Root
from .second import *
from .second import Second as Renamed

__all__ = ['Int', 'Made', 'Renamed', 'Root', 'TaskOnKart', 'TaskParam', 'Third']

Made = Renamed
