import type { Presence } from 'omni-call/protocol';
import type { Call, Time } from '../core/call.js';
import type { Recording } from '../recording/recording.js';

/** A page's session: it outlives its WebSocket by the grace period. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly displayName: string | null;
  /** SHA-256 of the secret that resumes it, base64url. */
  readonly secretHash: string;
  /** Ids that it may call; null: anyone. */
  readonly callees: readonly string[] | null;
  /** Let in by a publishable key, under an id that was had for the asking and that nobody is given again. */
  readonly visitor?: true;
  /** The connection that holds it; null while its page is away. */
  readonly connection: string | null;
  /** When it ends unless its page comes back; null while it is connected. */
  readonly endsAt: Time | null;
}

/** What a store finds that has to be looked after. */
export interface Due {
  /** Calls and sessions whose time has come. */
  calls: string[];
  sessions: string[];
  /** Sessions of a node that died without letting go of them. */
  orphans: Session[];
}

/**
 * Where calls and sessions are kept, for one node or for many. Every method is atomic. A person is in one call
 * at the most: an open call holds a claim on both its parties, which only its end releases.
 */
export interface Store {
  /** Stores a new call and claims both parties; when either is claimed already, stores nothing and returns the claiming call. */
  openCall(call: Call): Promise<Call | null>;
  /**
   * Replaces the call if its revision still is `from`; one that ends moves to the history and releases both parties,
   * one that has ended is replaced where it is.
   */
  saveCall(call: Call, from: number): Promise<boolean>;
  /** Puts a call that was over at once into the history. */
  recordCall(call: Call): Promise<void>;
  /** An open call, or an ended one that the history still has. */
  call(id: string): Promise<Call | null>;
  /** The open call that this person is in, as caller or callee. */
  callOf(userId: string): Promise<Call | null>;
  /** The person's calls, ended ones only, newest first. */
  historyOf(userId: string, limit: number): Promise<Call[]>;
  /** Everybody's calls, open or ended ones, newest first. */
  calls(which: 'open' | 'ended', offset: number, limit: number): Promise<Call[]>;
  /** Keeps a number under this name for `forMs`. */
  putMark(name: string, value: number, forMs: number, now: Time): Promise<void>;
  mark(name: string, now: Time): Promise<number | null>;
  putRecording(recording: Recording): Promise<void>;
  recording(id: string): Promise<Recording | null>;
  /** Recordings that were begun before that time, newest first. */
  recordings(before: Time, offset: number, limit: number): Promise<Recording[]>;
  /** False when it is not there (any more). */
  dropRecording(id: string): Promise<boolean>;
  putSession(session: Session): Promise<void>;
  session(id: string): Promise<Session | null>;
  /** The connection lets go of the session, which ends at that time; false when it does not hold it any more. */
  loseSession(id: string, connection: string, endsAt: Time): Promise<boolean>;
  /**
   * Ends a session that this connection, or none, holds; false when it is gone or another one holds it. With the last
   * one of a visitor goes whom it has blocked and who has blocked it.
   */
  dropSession(id: string, connection: string | null): Promise<boolean>;
  sessionsOf(userId: string): Promise<Session[]>;
  /** Whether this person is here, and in a call. */
  presenceOf(userId: string): Promise<Presence>;
  /** The ids of everyone with a session, in a stable order. */
  userIds(): Promise<readonly string[]>;
  /** Those of these people who have a session, in the order in which they are asked after. */
  withSession(users: readonly string[]): Promise<string[]>;
  /** False when this person has blocked as many as one may. */
  setBlocked(by: string, user: string, blocked: boolean): Promise<boolean>;
  isBlocked(by: string, user: string): Promise<boolean>;
  /** Everyone who has blocked this person. */
  blockersOf(user: string): Promise<string[]>;
  /** Takes one of `limit` per `windowMs` for this key; false when none is left. */
  takeToken(key: string, limit: number, windowMs: number, now: Time): Promise<boolean>;
  due(now: Time): Promise<Due>;
  /** Whether it can be reached at this moment, and knows what it should. */
  readonly available: boolean;
  close(): Promise<void>;
}

/** Ended calls that the history keeps for one person, and in all. */
export const HISTORY_PER_USER = 100;
export const HISTORY_TOTAL = 10_000;

/** People that one person may block. */
export const BLOCKED_PER_USER = 1000;
