/** Half-open range of UTF-16 offsets into one document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
