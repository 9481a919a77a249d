/**
 * Whether the browser lets this page make sound now. An AudioContext that may not start just stays suspended and
 * says nothing; an element that may not play says so at once, and falls under the same policy.
 */
export async function canSound(): Promise<boolean> {
  const context = new AudioContext();
  const probe = new Audio();
  probe.srcObject = context.createMediaStreamDestination().stream;
  try {
    await probe.play();
    return true;
  } catch {
    return false;
  } finally {
    probe.pause();
    probe.srcObject = null;
    await context.close();
  }
}
