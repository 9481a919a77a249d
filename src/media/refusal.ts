import type { OmniCallError } from '../protocol/index.js';

/** Whether it was the system, and not the person, that keeps a device from the browser: then other settings mend it. */
export const isRefusedBySystem = ({ code, cause }: OmniCallError): boolean =>
  code === 'permission-denied' && cause instanceof Error && /system/i.test(cause.message);
