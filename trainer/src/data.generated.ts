// Written by `npm run gen`; do not edit.
import type { DataSource } from "./data-source.ts";
import { arrays } from "./data/arrays.ts";
import { captionedImages } from "./data/captioned-images.ts";
import { cifar10 } from "./data/cifar10.ts";
import { csv } from "./data/csv.ts";
import { imdb } from "./data/imdb.ts";
import { pairs } from "./data/pairs.ts";
import { parquet } from "./data/parquet.ts";
import { trio } from "./data/trio.ts";

export const DATA_SOURCES: readonly DataSource[] = [
  arrays,
  captionedImages,
  cifar10,
  csv,
  imdb,
  pairs,
  parquet,
  trio,
];
