"""Uses names from a module that hands them on, and bases four modules deep."""

import across.exports
from across import exports as ex
from across.exports import Int, Made, Renamed, Root, TaskOnKart, TaskParam, Third
from across.layers import Layer3


class Own(TaskOnKart[int]):
    n: int = Int()
    dep = TaskParam(expected_type=Renamed)
    root: Root = TaskParam()


class Under(ex.Root):
    extra: int = ex.Int(default=1)


def use(own: Own, renamed: Renamed) -> None:
    Own(n=1, dep=renamed, root=own.root)
    Own(n=1, dep=Made(first=own.root), root=Third(n=1, later=renamed))
    Own(n='1', dep=renamed, root=own.root)  # E: arg-type
    Own(n=1, dep=own.root, root=own.root)  # E: arg-type
    Own(n=1, dep=renamed, root=renamed)  # E: arg-type
    Under(n=1, later=renamed, extra=2)
    Under(n=1, later=own)  # E: arg-type
    across.exports.Renamed(first=own.root, size='a')  # E: arg-type
    ex.Made(frst=own.root)  # E: call-arg
    reveal_type(own.dep)  # R: across.second.Second
    reveal_type(own.dep.first.later)  # R: across.second.Second


class Bottom(Layer3):
    pass


Bottom(a=1, b='b', c=[1], m=1)
Bottom(a=1, b='b', m=1)  # E: call-arg
Bottom(a=1, b='b', c=[1], m='a')  # E: arg-type
Bottom(a=1, b='b', c=['a'], m=1)  # E: list-item
Bottom(a='a', b='b', c=[1], m=1)  # E: arg-type
Bottom(a=1, b=1, c=[1], m=1)  # E: arg-type
Bottom(a=1, b='b', c=[1], m=1, gone=1)  # E: call-arg
