import type { CallInfo } from '../../service/snapshot.js';

/** Whether both sides came together, and it is not over. */
export const isOn = ({ connectedAt, ending }: CallInfo): boolean => connectedAt !== null && ending === null;
