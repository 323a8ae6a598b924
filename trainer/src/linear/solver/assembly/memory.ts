/** First byte behind the module's own data, such as the tables of its logarithm. */
export function heapStart(): usize {
  return __heap_base;
}
