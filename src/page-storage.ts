/** The page's storage of that name; null where there is none, or the browser refuses it, as for a frame with blocked cookies. */
export const pageStorage = (name: 'localStorage' | 'sessionStorage'): Storage | null => {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
};
