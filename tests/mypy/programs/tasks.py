"""Tasks as parameters: the wrong task, no task, a class, None, lists."""

import gokart
import luigi


class Count(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter(default=1)


class Text(gokart.TaskOnKart[str]):
    pass


class BetterCount(Count):
    pass


class Other(gokart.TaskOnKart[int]):
    pass


class Plain(luigi.Task):
    day = luigi.DateParameter(default=None)


class Bare(gokart.TaskOnKart[int]):
    dep = gokart.TaskInstanceParameter(expected_type=Count)
    free = gokart.TaskInstanceParameter(default=Text())
    many = gokart.ListTaskInstanceParameter(expected_elements_type=Count, default=[])
    frees = gokart.ListTaskInstanceParameter(default=[])


class Value(gokart.TaskOnKart[int]):
    dep: Count = gokart.TaskInstanceParameter()
    free: gokart.TaskOnKart[str] = gokart.TaskInstanceParameter(default=Text())
    many: list[Count] = gokart.ListTaskInstanceParameter(default=[])
    frees: list[gokart.TaskOnKart[int]] = gokart.ListTaskInstanceParameter(default=[])


class Descriptor(gokart.TaskOnKart[int]):
    dep: gokart.TaskInstanceParameter[Count] = gokart.TaskInstanceParameter(expected_type=Count)
    free: gokart.TaskInstanceParameter[gokart.TaskOnKart[str]] = gokart.TaskInstanceParameter(default=Text())
    many: gokart.ListTaskInstanceParameter[Count] = gokart.ListTaskInstanceParameter(expected_elements_type=Count, default=[])
    frees: gokart.ListTaskInstanceParameter[gokart.TaskOnKart[int]] = gokart.ListTaskInstanceParameter(default=[])


class Mixed(gokart.TaskOnKart[int]):
    dep: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter(expected_type=Count)
    free: gokart.TaskInstanceParameter = gokart.TaskInstanceParameter(expected_type=Text, default=Text())
    many: list[gokart.TaskOnKart[int]] = gokart.ListTaskInstanceParameter(Count, [])
    frees: tuple[gokart.TaskOnKart[int], ...] = gokart.ListTaskInstanceParameter(default=[])


class Child(Mixed):
    pass


def right(flag: bool, given: list[Count], cls: type[Count], one: Count) -> None:
    for made in (Bare, Value):
        made(dep=Count())
    Bare(dep=Count(), many=[Count(), BetterCount()], frees=(Text(), Count()))
    Bare(dep=BetterCount() if flag else Count(n=2), many=[Count(n=n) for n in range(3)], frees=[Count(), Text()])
    Bare(dep=cls(), many=given, frees=given)
    Bare(dep=cls(n=3), many=tuple(given), frees=[*given, Text()])
    Value(dep=one, free=Text(), many=given, frees=given)
    Value(dep=BetterCount(), many=[BetterCount()], frees=[Count(), Other()])
    Descriptor(dep=one, free=Text(), many=given, frees=given)
    Descriptor(dep=BetterCount(), many=(BetterCount(),), frees=[Count(), Other()])
    Mixed(dep=one, free=Text(), many=given, frees=given)
    Child(dep=BetterCount(), free=Text(), many=[one] if flag else [], frees=tuple(given))
    Bare(dep=(lambda: Count())(), many=list(map(lambda n: Count(n=n), [1, 2])))
    Bare(many=[] if flag else [one], dep=one)


def wrong(given: list[Count], others: list[Other], maybe: Count | None) -> None:
    Bare(dep=Other())  # E: arg-type
    Value(dep=Other())  # E: arg-type
    Descriptor(dep=Other())  # E: arg-type
    Mixed(dep=Other())  # E: arg-type
    Child(dep=Other())  # E: arg-type
    Bare(dep=Count)  # E: arg-type
    Value(dep=Count)  # E: arg-type
    Descriptor(dep=Count)  # E: arg-type
    Mixed(dep=Count)  # E: arg-type
    Bare(dep=None)  # E: arg-type
    Value(dep=None)  # E: arg-type
    Mixed(dep=None)  # E: arg-type
    Bare(dep=maybe)  # E: arg-type
    Bare(dep='Count')  # E: arg-type
    Bare(dep=Plain())  # E: arg-type
    Bare(dep=Count(), free=Plain())  # E: arg-type
    Value(dep=Count(), free=Count())  # E: arg-type
    Descriptor(dep=Count(), free=Count())  # E: arg-type
    Mixed(dep=Count(), free=Count())  # E: arg-type
    Bare(dep=[Count()])  # E: arg-type
    Value(dep=given)  # E: arg-type
    Bare(dep=Count(), many=Count())  # E: arg-type
    Value(dep=Count(), many=Count())  # E: arg-type
    Descriptor(dep=Count(), many=Count())  # E: arg-type
    Mixed(dep=Count(), many=Count())  # E: arg-type
    Bare(dep=Count(), many=[Count(), Other()])  # E: list-item
    Value(dep=Count(), many=[Count(), Other()])  # E: list-item
    Descriptor(dep=Count(), many=[Count(), Text()])  # E: list-item
    Mixed(dep=Count(), many=[Count(), Other()])  # E: list-item
    Bare(dep=Count(), many=[Count])  # E: list-item
    Bare(dep=Count(), many=[None])  # E: list-item
    Bare(dep=Count(), many=[Other() for _ in range(3)])  # E: misc
    Bare(dep=Count(), many=others)  # E: arg-type
    Value(dep=Count(), many=tuple(others))  # E: arg-type
    Bare(dep=Count(), many=None)  # E: arg-type
    Bare(dep=Count(), frees=[1])  # E: list-item
    Bare(dep=Count(), frees=[Plain()])  # E: list-item
    Value(dep=Count(), frees=[Text()])  # E: list-item
    Bare(dep=Bare(dep=Count()))  # E: arg-type
    Bare(dep=Count(n='1'))  # E: arg-type
    Bare(dep=Count(), extra=1)  # E: call-arg
    Bare(Count())  # E: call-arg
    Bare()  # E: call-arg


class Inside(gokart.TaskOnKart[int]):
    other = gokart.TaskInstanceParameter(expected_type=Other)
    numbers = gokart.ListTaskInstanceParameter(expected_elements_type=Count)

    def requires(self):
        return dict(
            a=Bare(dep=self.other),  # E: arg-type
            b=Bare(dep=self.numbers),  # E: arg-type
            c=Bare(dep=self.numbers[0], many=self.numbers),
            d=[Bare(dep=each) for each in self.numbers],
            e=Value(dep=self.numbers[0], many=self.numbers, frees=[self.other, *self.numbers]),
            f=Value(dep=Count(), many=[self.other]),  # E: list-item
        )
