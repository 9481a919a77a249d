import type { Logger } from 'pino';
import type { Call } from './core/call.js';

/**
 * An error as it is logged. Not with all its properties: those of a refused command or token hold what is nobody's
 * business but their owner's.
 */
function errorForLog(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }) };
}

export const withSafeErrors = (logger: Logger): Logger => logger.child({}, { serializers: { err: errorForLog } });

/** One line for each step of a call. */
export function logStep(log: Logger, call: Call, before: Call | null): void {
  if (call.stage === before?.stage) return;
  const { id, stage, callType, caller, callee, end } = call;
  log.info(
    {
      call: id,
      stage,
      callType,
      caller: caller.userId,
      callee: callee.userId,
      ...(end && { reason: end.reason, by: end.by }),
    },
    'call',
  );
}
