"""Writes tables of awkward texts with Python's csv module in several dialects."""
import csv
import io
import json
import random
import sys

json.load(sys.stdin)
generator = random.Random(11)
PIECES = ["a", "ä", "日", "😀", " ", ",", ";", "\t", "|", '"', '""', "'", "\n", "\n\n", "1", "-2.5e3", "x y", ""]
answer = []
for delimiter in [",", ";", "\t", "|"]:
    for line_end in ["\n", "\r\n"]:
        for quoting in [csv.QUOTE_MINIMAL, csv.QUOTE_ALL]:
            columns = generator.randint(2, 6)
            rows = [
                ["".join(generator.choices(PIECES, k=generator.randint(0, 6))) for _ in range(columns)]
                for _ in range(60)
            ]
            file = io.StringIO()
            writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
            writer.writerow([f"c{index}" for index in range(columns)])
            places = []
            for row in rows:
                places.append(file.getvalue().count("\n") + 1)
                writer.writerow(row)
            answer.append({"text": file.getvalue(), "rows": rows, "places": places})
json.dump(answer, sys.stdout)
