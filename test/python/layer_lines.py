"""For each parameter and buffer of the models in test/fixtures/layers: the line that made its layer.

Reads nothing; the lines are seen while Python makes the models: a module remembers the innermost line
of the fixtures, outside its own constructor, that was running when it was made.
"""

import json
import pathlib
import sys

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent.parent / "fixtures" / "layers"


def line_now(of):
    frame = sys._getframe(2)
    while frame is not None:
        file = pathlib.Path(frame.f_code.co_filename)
        if file.parent == FOLDER and frame.f_locals.get("self") is not of:
            return [file.name, frame.f_lineno]
        frame = frame.f_back
    return None


module_init = nn.Module.__init__


def watched_init(self, *args, **options):
    module_init(self, *args, **options)
    if "made_at" not in self.__dict__:
        self.__dict__["made_at"] = line_now(self)


parameter_new = nn.Parameter.__new__


def watched_new(cls, *args, **options):
    parameter = parameter_new(cls, *args, **options)
    frame = sys._getframe(1)
    file = pathlib.Path(frame.f_code.co_filename)
    if file.parent == FOLDER:
        parameter.made_at = [file.name, frame.f_lineno]
    return parameter


def line_of(model, name):
    *steps, leaf = name.split(".")
    modules = [model]
    for step in steps:
        modules.append(getattr(modules[-1], step))
    own = getattr(getattr(modules[-1], leaf), "made_at", None)
    if own is not None:
        return own
    for module in reversed(modules):
        # A buffer of a class of the fixtures was registered by a line that left no trace.
        if type(module).__module__.startswith("layers."):
            return None
        if module.__dict__.get("made_at") is not None:
            return module.__dict__["made_at"]
    return None


nn.Module.__init__ = watched_init
nn.Parameter.__new__ = staticmethod(watched_new)
sys.path.insert(0, str(FOLDER.parent))
from layers.models import build  # noqa: E402

print(
    json.dumps(
        {
            model: {name: line_of(made, name) for name in made.state_dict()}
            for model, made in build().items()
        }
    )
)
