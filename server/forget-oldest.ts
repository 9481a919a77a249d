/** Keeps a map from growing without end: call it after each entry that is added. */
export function forgetOldest<Key>(map: Map<Key, unknown>, atMost: number): void {
  if (map.size <= atMost) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
