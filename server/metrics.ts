import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from 'omni-call/protocol';
import type { Call } from './core/call.js';

export interface MetricsOptions {
  connections: () => number;
  sessions: () => number;
  /** The open calls that this node's pages are in. */
  calls: () => Iterable<Call>;
  livekitAnswers: () => Promise<boolean>;
  /** Null where there is no Redis. */
  redisAnswers: (() => boolean) | null;
  /** Recordings that this node looks after. Null where calls are not recorded. */
  recordings: (() => number) | null;
}

const STAGES = ['ringing', 'connecting', 'connected'] as const;

/** What Prometheus reads. Gauges are of this node; a call between two nodes is open on both, and ends on one. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #ended: Counter<'reason'>;
  readonly #setUp: Histogram;
  readonly #ringing: Histogram;
  readonly #recorded: Counter<'outcome'>;
  readonly #errors: Counter<'code'>;

  constructor({ connections, sessions, calls, livekitAnswers, redisAnswers, recordings }: MetricsOptions) {
    const registers = [this.#registry];
    const gauge = (name: string, help: string, value: () => number | Promise<number>): void => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await value());
        },
      });
    };
    gauge('omni_connections', 'Open WebSockets', connections);
    gauge('omni_sessions', 'Connected sessions', sessions);
    gauge('omni_livekit_up', '1 when LiveKit answers', async () => Number(await livekitAnswers()));
    if (redisAnswers) gauge('omni_redis_up', '1 when Redis answers', () => Number(redisAnswers()));
    if (recordings) gauge('omni_recordings', 'Recordings that go on', recordings);
    new Gauge({
      name: 'omni_calls',
      help: 'Open calls by phase',
      labelNames: ['phase'],
      registers,
      collect() {
        const open = [...calls()];
        for (const phase of STAGES) this.set({ phase }, open.filter(({ stage }) => stage === phase).length);
      },
    });
    this.#ended = new Counter({
      name: 'omni_calls_ended_total',
      help: 'Ended calls by reason',
      labelNames: ['reason'],
      registers,
    });
    this.#ringing = new Histogram({
      name: 'omni_call_ringing_seconds',
      help: 'From the offer to the answer',
      buckets: [1, 2, 5, 10, 20, 30, 60, 120],
      registers,
    });
    this.#setUp = new Histogram({
      name: 'omni_call_setup_seconds',
      help: 'From the answer to both being in the room',
      buckets: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
      registers,
    });
    this.#recorded = new Counter({
      name: 'omni_recordings_total',
      help: 'Recordings that are over, by what came of them',
      labelNames: ['outcome'],
      registers,
    });
    this.#errors = new Counter({
      name: 'omni_errors_total',
      help: 'Requests that were refused, by code',
      labelNames: ['code'],
      registers,
    });
    collectDefaultMetrics({ register: this.#registry });
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  countError(code: ErrorCode): void {
    this.#errors.inc({ code });
  }

  /** A stored change of a call. */
  countStep(call: Call, before: Call | null): void {
    const { recording } = call;
    if (recording !== before?.recording && (recording === 'ready' || recording === 'failed'))
      this.#recorded.inc({ outcome: recording });
    if (call.stage === before?.stage) return;
    const { stage, end, offeredAt, answeredAt, connectedAt } = call;
    if (stage === 'ended' && end) this.#ended.inc({ reason: end.reason });
    if (stage === 'connected' && connectedAt !== null && answeredAt !== null)
      this.#setUp.observe((connectedAt - answeredAt) / 1000);
    if (before?.stage === 'ringing' && answeredAt !== null) this.#ringing.observe((answeredAt - offeredAt) / 1000);
  }
}
