import type { CallType, Json, SessionPage, TrackType } from '../protocol/index.js';
import type { DeviceLists, Resolution } from '../media/devices.js';
import type { CallSnapshot } from './snapshot.js';

/** What the elements and pages call; the class behind it is being written. */
export interface CallService {
  readonly snapshot: CallSnapshot;
  /** Calls `listener` after every change, with the new snapshot. Returns the way to stop. */
  subscribe(listener: (snapshot: CallSnapshot) => void): () => void;
  createSession(userId?: string): Promise<{ session: string; user_id: string }>;
  sessionList(page?: number): Promise<SessionPage>;
  offerCall(
    callType: CallType,
    callee: string,
    record?: boolean,
    options?: { ringTimeout?: number; data?: Json },
  ): Promise<{ session: string }>;
  answerCall(callType?: CallType, caller?: string): Promise<{ session: string }>;
  leave(): Promise<void>;
  /** Forgets an ended call, so that the phase is `idle` again. */
  dismiss(): void;
  setMute(track: TrackType): Promise<void>;
  setUnmute(track: TrackType): Promise<void>;
  getDeviceList(): Promise<DeviceLists>;
  setVideoDevice(id: string): Promise<void>;
  setAudioDevice(id: string): Promise<void>;
  setAudioOutput(id: string): Promise<void>;
  setResolution(resolution: Resolution): Promise<void>;
  screenShare(): Promise<void>;
  screenUnshare(): Promise<void>;
  sendMessage(text: string): Promise<void>;
  /** Lets blocked sound play. Call it from a person's tap. */
  startPlayback(): Promise<void>;
  /** Tries again to open a camera or microphone that failed. */
  retryDevices(): void;
  close(): Promise<void>;
}
