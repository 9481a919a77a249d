import { createContext } from '@lit/context';
import type { CallService } from './call-service.js';

/** A registered symbol, so that two copies of the script on one page find each other's providers. */
export const callServiceContext = createContext<CallService | null>(Symbol.for('omni-call/service'));
