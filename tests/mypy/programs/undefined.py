"""Names that nothing binds, in bodies without annotations, and the many forms that do bind one."""

import sys
import typing

import gokart


class Wrong(gokart.TaskOnKart[int]):
    n = 3

    def run(self):
        print(undefined)  # E: name-defined
        x = os.path.join('a')  # E: name-defined
        for i in range(3):
            nope(i)  # E: name-defined
        [z for q in range(3)]  # E: name-defined
        f'{x} {missing!r:>{x}}'  # E: name-defined
        typing.cast('Later', not_there)  # E: name-defined
        dict[str, Later](a=not_there)  # E: name-defined
        total += 1  # E: name-defined

        class Local:
            attr = 1

            def method(self):
                return attr  # E: name-defined

        try:
            print(Local)
        except (ValueError, NotThere):  # E: name-defined
            raise undefined  # E: name-defined

    @property
    def data(self):
        return undefined  # E: name-defined

    @staticmethod
    def from_arguments(x=3):
        return x + undefined  # E: name-defined

    def typed(self) -> int:
        return undefined  # E: name-defined


class Right(gokart.TaskOnKart[int]):
    def run(self):
        [q for q in range(3) if q]
        print({k: v for k, v in dict(a=1).items()})
        print(lambda a, *b, c=1, **d: (a, b, c, d))
        if sys.version_info < (3,):
            unicode('x')
        if sys.platform == 'win32' and only_there():
            pass
        with open('x') as f, open('y') as g:
            print(f, g)
        global counter
        counter = 3
        print(counter, later_name, Later, __name__, __file__, __class__, NotImplemented, Ellipsis)
        if walrus := counter:
            print(walrus, [last := n for n in [1]], last)
        first, (second, *others) = 1, (2, 3)
        print(first, second, others)
        for k1, (k2, k3) in []:
            print(k1, k2, k3)
        try:
            first = 2
        except ValueError as error:
            print(error)

        def inner(p):
            nonlocal first
            first = p
            return inner

    def matched(self, x):
        match x:
            case [a, *rest]:
                print(a, rest)
            case {'k': v, **kw}:
                print(v, kw)
            case str(w) | int(w):
                print(w)
            case Later(attr=at) as whole:
                print(at, whole)

    async def later(self, x):
        async with x as opened:
            print(opened)
        async for each in x:
            print(each)
        print([each async for each in x])

    def types(self):
        typing.cast(Later, object())
        typing.cast('Later', object())
        list[Later]()
        Alias = dict[str, Later]
        Alias2 = Later | None
        T2 = typing.TypeVar('T2', bound=Later)
        Named = typing.NamedTuple('Named', [('a', Later)])
        Typed = typing.TypedDict('Typed', {'a': Later})
        New = typing.NewType('New', Later)
        isinstance(3, (Later, int))
        x = []  # type: list[Later]

        def annotated(a: Later, b: 'list[Later]') -> Later:
            return a

        return Alias, Alias2, T2, Named, Typed, New, x, annotated


later_name = 1


class Later:
    attr = 1
