import type { CallRecord } from 'omni-call/protocol';
import type { Call, Time } from '../core/call.js';
import { isMissed, recordOf } from '../core/call-record.js';

export type WebhookType =
  | 'call.offered'
  | 'call.ringing'
  | 'call.answered'
  | 'call.ended'
  | 'call.missed'
  | 'recording.ready'
  | 'recording.failed';

/** What a webhook carries. */
export interface CallNews {
  type: WebhookType;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: CallRecord;
}

/** What there is to tell of a change of a call, in order. `before` is null for a new one. Pure. */
export function newsOf(call: Call, before: Call | null, now: Time): CallNews[] {
  const types: WebhookType[] = [];
  if (before === null) types.push('call.offered');
  if (call.reached && !before?.reached) types.push('call.ringing');
  if (call.answeredAt !== null && (before?.answeredAt ?? null) === null) types.push('call.answered');
  if (call.end && !before?.end) types.push('call.ended', ...(isMissed(call) ? (['call.missed'] as const) : []));
  const ofCall = call.end?.at ?? call.answeredAt ?? call.offeredAt;
  for (const outcome of ['ready', 'failed'] as const) {
    if (call.recording === outcome && before?.recording !== outcome) types.push(`recording.${outcome}`);
  }
  const timeOf = (type: WebhookType): Time => (type.startsWith('recording.') ? now : ofCall);
  return types.map((type) => ({ type, timestamp: new Date(timeOf(type)).toISOString(), data: recordOf(call) }));
}
