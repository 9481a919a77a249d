/** Milliseconds before each further try: together about as long as a call outlives its server. */
const PAUSES = [250, 500, 1000, 2000, 4000, 8000];

/** Imports code that is loaded when a call is near, and tries again while the server that has it is away. */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  for (const pause of PAUSES) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
