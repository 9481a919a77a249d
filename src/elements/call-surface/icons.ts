import { svg } from 'lit';

// Shapes of lucide (ISC licence), only those in use.
const MIC_STEM = svg`<path d="M12 19v3"/>`;
const SCREEN = svg`<path d="M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3"/><path d="M8 21h8"/><path d="M12 17v4"/>`;
const STROKE_OUT = svg`<path d="m2 2 20 20"/>`;

export const MIC = svg`${MIC_STEM}<path d="M19 10v2a7 7 0 0 1-14 0v-2"/><rect x="9" y="2" width="6" height="13" rx="3"/>`;
export const MIC_OFF = svg`${MIC_STEM}<path d="M15 9.34V5a3 3 0 0 0-5.68-1.33"/><path d="M16.95 16.95A7 7 0 0 1 5 12v-2"/><path d="M18.89 13.23A7 7 0 0 0 19 12v-2"/>${STROKE_OUT}<path d="M9 9v3a3 3 0 0 0 5.12 2.12"/>`;
export const VIDEO_OFF = svg`<path d="M10.66 6H14a2 2 0 0 1 2 2v2.5l5.248-3.062A.5.5 0 0 1 22 7.87v8.196"/><path d="M16 16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h2"/>${STROKE_OUT}`;
export const SHARE = svg`${SCREEN}<path d="m17 8 5-5"/><path d="M17 3h5v5"/>`;
export const SHARE_OFF = svg`${SCREEN}<path d="m22 3-5 5"/><path d="m17 3 5 5"/>`;
export const MESSAGES = svg`<path d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z"/>`;
export const CLOSE = svg`<path d="M18 6 6 18"/><path d="m6 6 12 12"/>`;
export const SEND = svg`<path d="M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904z"/><path d="M6 12h16"/>`;
export const PAUSE = svg`<rect x="14" y="4" width="4" height="16" rx="1" fill="currentColor"/><rect x="6" y="4" width="4" height="16" rx="1" fill="currentColor"/>`;
export const RECORD = svg`<circle cx="12" cy="12" r="8" fill="currentColor"/>`;
export const STOP = svg`<rect width="14" height="14" x="5" y="5" rx="2" fill="currentColor"/>`;
export const ALERT = svg`<circle cx="12" cy="12" r="10"/><path d="M12 8v4"/><path d="M12 16h.01"/>`;
export const SOUND = svg`<path d="M11 4.702a.705.705 0 0 0-1.203-.498L6.413 7.587A1.4 1.4 0 0 1 5.416 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2.416a1.4 1.4 0 0 1 .997.413l3.383 3.384A.705.705 0 0 0 11 19.298z"/><path d="M16 9a5 5 0 0 1 0 6"/><path d="M19.364 18.364a9 9 0 0 0 0-12.728"/>`;
export const MORE = svg`<circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/><circle cx="5" cy="12" r="1"/>`;
export const FULL_SCREEN = svg`<path d="M8 3H5a2 2 0 0 0-2 2v3"/><path d="M21 8V5a2 2 0 0 0-2-2h-3"/><path d="M3 16v3a2 2 0 0 0 2 2h3"/><path d="M16 21h3a2 2 0 0 0 2-2v-3"/>`;
export const LEAVE_FULL_SCREEN = svg`<path d="M8 3v3a2 2 0 0 1-2 2H3"/><path d="M21 8h-3a2 2 0 0 1-2-2V3"/><path d="M3 16h3a2 2 0 0 1 2 2v3"/><path d="M16 21v-3a2 2 0 0 1 2-2h3"/>`;
export const PIP = svg`<path d="M21 9V6a2 2 0 0 0-2-2H4a2 2 0 0 0-2 2v10c0 1.1.9 2 2 2h4"/><rect width="10" height="7" x="12" y="13" rx="2"/>`;
