/** What a test can ask about what a page does. */
export interface PageWatch {
  /** Every track of a camera, microphone or screen that the page opened. */
  readonly captured: MediaStreamTrack[];
  /** Every track of pictures that the page draws itself. */
  readonly drawn: MediaStreamTrack[];
  readonly peers: RTCPeerConnection[];
  /** The addresses of the WebSockets that the page opened. */
  readonly sockets: string[];
  /** The notifications that are shown at this moment. */
  readonly notifications: Notification[];
  /** How often the page brought itself forward. */
  focused: number;
  /** The addresses of the sounds that play at this moment. */
  playing(): string[];
  /** How loud the page's own sounds are at this moment, 0 to 1. */
  loudness(): number;
}

declare global {
  interface Window {
    watch: PageWatch;
  }
}

/** Runs in a page before all else. */
export function watchPage(): void {
  const captured: MediaStreamTrack[] = [];
  const drawn: MediaStreamTrack[] = [];
  const peers: RTCPeerConnection[] = [];
  const sockets: string[] = [];
  const taps = new Map<BaseAudioContext, AnalyserNode>();
  const players = new Set<HTMLMediaElement>();
  const notifications: Notification[] = [];

  for (const method of ['getUserMedia', 'getDisplayMedia'] as const) {
    // A page without HTTPS has none.
    if (!('MediaDevices' in window)) continue;
    const real = MediaDevices.prototype[method];
    MediaDevices.prototype[method] = async function (constraints) {
      const stream = await real.call(this, constraints);
      captured.push(...stream.getTracks());
      return stream;
    };
  }
  const captureStream = HTMLCanvasElement.prototype.captureStream;
  HTMLCanvasElement.prototype.captureStream = function (...rate) {
    const stream = captureStream.apply(this, rate);
    drawn.push(...stream.getTracks());
    return stream;
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.push(this);
    }
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(String(url));
    }
  };
  // Its overloads share one implementation.
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    const { context } = this;
    if (to[0] === context.destination) {
      const tap = taps.get(context) ?? new AnalyserNode(context, { fftSize: 2048 });
      taps.set(context, tap);
      connect.call(this, tap);
    }
    return connect.apply(this, to);
  } as typeof AudioNode.prototype.connect;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    players.add(this);
    return play.call(this);
  };
  window.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      notifications.push(this);
    }
    override close(): void {
      notifications.splice(notifications.indexOf(this), 1);
      super.close();
    }
  };

  const focus = window.focus.bind(window);
  window.focus = () => {
    window.watch.focused += 1;
    focus();
  };

  const samples = new Float32Array(2048);
  window.watch = {
    captured,
    drawn,
    peers,
    sockets,
    notifications,
    focused: 0,
    playing: () =>
      [...players].filter(({ src, paused, muted }) => src !== '' && !paused && !muted).map(({ src }) => src),
    loudness: () => {
      let peak = 0;
      for (const [context, tap] of taps) {
        if (context.state !== 'running') continue;
        tap.getFloatTimeDomainData(samples);
        peak = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), peak);
      }
      return window.watch.playing().length > 0 ? 1 : peak;
    },
  };
}
