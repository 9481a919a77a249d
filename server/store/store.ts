import type { Call, Time } from '../core/call.js';

/** A page's session: it outlives its WebSocket by the grace period. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly displayName: string | null;
  /** SHA-256 of the secret that resumes it, base64url. */
  readonly secretHash: string;
  /** Ids that it may call; null: anyone. */
  readonly callees: readonly string[] | null;
  readonly up: boolean;
  /** When it ends unless its page comes back; null while it is connected. */
  readonly endsAt: Time | null;
}

/**
 * Where calls and sessions are kept, for one node or for many. Every method is atomic. A person is in one call
 * at the most: an open call holds a claim on both its parties, which only its end releases.
 */
export interface Store {
  /** Stores a new call and claims both parties; when either is claimed already, stores nothing and returns the claiming call. */
  openCall(call: Call): Promise<Call | null>;
  /** Replaces the call if its revision still is `from`; an ended one moves to the history and releases both parties. */
  saveCall(call: Call, from: number): Promise<boolean>;
  /** Puts a call that was over at once into the history. */
  recordCall(call: Call): Promise<void>;
  /** An open call, or an ended one that the history still has. */
  call(id: string): Promise<Call | null>;
  /** The open call that this person is in, as caller or callee. */
  callOf(userId: string): Promise<Call | null>;
  /** The person's calls, ended ones only, newest first. */
  historyOf(userId: string, limit: number): Promise<Call[]>;
  putSession(session: Session): Promise<void>;
  session(id: string): Promise<Session | null>;
  dropSession(id: string): Promise<void>;
  sessionsOf(userId: string): Promise<Session[]>;
  /** The ids of everyone with a session, in a stable order. */
  userIds(): Promise<string[]>;
  setBlocked(by: string, user: string, blocked: boolean): Promise<void>;
  isBlocked(by: string, user: string): Promise<boolean>;
  /** Takes one of `limit` per `windowMs` for this key; false when none is left. */
  takeToken(key: string, limit: number, windowMs: number, now: Time): Promise<boolean>;
  /** Calls and sessions whose time has come. */
  due(now: Time): Promise<{ calls: string[]; sessions: string[] }>;
  close(): Promise<void>;
}

/** Ended calls that the history keeps for one person, and in all. */
export const HISTORY_PER_USER = 100;
export const HISTORY_TOTAL = 10_000;
