"""Two tasks of one output type, each for the place of the other."""

import gokart
import luigi


class Left(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter(default=1)


class Right(gokart.TaskOnKart[int]):
    n: int = luigi.IntParameter(default=1)


class Join(gokart.TaskOnKart[int]):
    left = gokart.TaskInstanceParameter(expected_type=Left)
    right = gokart.TaskInstanceParameter(expected_type=Right)


class JoinTyped(gokart.TaskOnKart[int]):
    left: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter(expected_type=Left)
    right: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter(expected_type=Right)

    def requires(self):
        return dict(left=self.left, right=self.right)


class Free(gokart.TaskOnKart[int]):
    left: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter()
    right: gokart.TaskOnKart[int] = gokart.TaskInstanceParameter()


Join(left=Left(), right=Right())
JoinTyped(left=Left(), right=Right())
Free(left=Left(), right=Right())
Free(left=Right(), right=Left())
Join(left=Right(), right=Left())  # E: arg-type, arg-type
JoinTyped(left=Right(), right=Left())  # E: arg-type, arg-type


class Build(gokart.TaskOnKart[int]):
    def requires(self):
        left, right = Left(), Right()
        tasks = {'left': left, 'right': right}
        Join(**tasks)
        wrong = {'left': right, 'right': right}
        Join(**wrong)  # E: arg-type
        return JoinTyped(right=left, left=right)  # E: arg-type, arg-type


def swap(tasks: list[Left], others: dict[str, Right], pair: tuple[Left, Right]) -> None:
    Join(left=tasks[0], right=others['a'])
    Join(left=pair[0], right=pair[1])
    Join(left=pair[1], right=pair[1])  # E: arg-type
    Join(left=next(iter(tasks)), right=[each for each in others.values()][0])
    for left, right in zip(tasks, others.values()):
        Join(left=left, right=right)
        JoinTyped(left=right, right=right)  # E: arg-type
    Join(left=Left() if tasks else Right(), right=Right())  # E: arg-type
    Join(left=tasks and tasks[0] or Left(), right=Right())
