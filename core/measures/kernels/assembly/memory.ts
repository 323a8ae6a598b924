/** First byte behind the module's own data. */
export function heapStart(): usize {
  return __heap_base;
}
