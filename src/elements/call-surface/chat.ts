import type { Panels } from './panels.js';

/** A text of the call. */
export interface ChatLine {
  readonly isOwn: boolean;
  /** Of a person: never markup. */
  readonly text: string;
}

/** The texts of one call. They are kept on this page only, for as long as the call. */
export class Chat {
  readonly #panels: Panels;
  readonly #onChange: () => void;
  #session: string | null = null;
  #lines: readonly ChatLine[] = [];
  #unread = 0;
  #failed = false;

  constructor(panels: Panels, onChange: () => void) {
    this.#panels = panels;
    this.#onChange = onChange;
  }

  get lines(): readonly ChatLine[] {
    return this.#lines;
  }

  get isOpen(): boolean {
    return this.#panels.open === 'messages';
  }

  get unread(): number {
    return this.#unread;
  }

  /** The last text could not be sent. */
  get hasFailed(): boolean {
    return this.#failed;
  }

  /** Another call begins with an empty page. */
  follow(session: string | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#lines = [];
    this.#unread = 0;
    this.#failed = false;
  }

  readonly toggle = (): void => {
    this.#unread = 0;
    this.#panels.toggle('messages');
  };

  receive(text: string): void {
    this.#add(text, false);
    if (!this.isOpen) this.#unread += 1;
    this.#onChange();
  }

  /** Shows it once it is sent. Resolves with whether it is. */
  async send(text: string, send: (text: string) => Promise<void>): Promise<boolean> {
    const session = this.#session;
    try {
      await send(text);
      if (session === this.#session) this.#add(text, true);
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
    this.#onChange();
    return !this.#failed;
  }

  #add(text: string, isOwn: boolean): void {
    this.#lines = [...this.#lines, { isOwn, text }];
  }
}
