"""Scalars of a folder of event files, as TensorBoard itself reads them."""
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

accumulator = EventAccumulator(json.load(sys.stdin)["folder"], size_guidance={"scalars": 0})
accumulator.Reload()
json.dump(
    {
        tag: [[repr(event.wall_time), event.step, repr(event.value)] for event in accumulator.Scalars(tag)]
        for tag in accumulator.Tags()["scalars"]
    },
    sys.stdout,
)
