"""Rounds numbers to binary32, then to binary16."""
import json
import sys

import numpy

values = numpy.array(json.load(sys.stdin), numpy.float32)
json.dump(values.astype(numpy.float16).astype(float).tolist(), sys.stdout)
