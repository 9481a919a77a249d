import type { Localize } from '../../locales/localize.js';
import type { ErrorCode } from '../../protocol/index.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import type { CallActions } from './call-actions.js';
import type { Consent } from './consent.js';
import type { Chat } from './chat.js';
import type { Panels } from './panels.js';

/** What the parts of the surface draw. */
export interface Scene {
  readonly snapshot: CallSnapshot;
  readonly call: CallInfo;
  /** The other side's name. Another person's text: never markup. */
  readonly name: string;
  readonly localize: Localize;
  readonly actions: CallActions;
  readonly chat: Chat;
  readonly panels: Panels;
  readonly consent: Consent;
  /** Something that failed, in words. */
  readonly problem: string | null;
  /** What kept this page's devices from opening in this call. */
  readonly deviceProblem: ErrorCode | null;
  readonly isRingtoneBlocked: boolean;
}
