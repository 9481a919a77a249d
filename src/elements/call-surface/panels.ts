export type PanelName = 'messages' | 'more';

/** Which of the panels beside the picture is open: one at most. */
export class Panels {
  readonly #onChange: () => void;
  #open: PanelName | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get open(): PanelName | null {
    return this.#open;
  }

  toggle(name: PanelName): void {
    this.#open = this.#open === name ? null : name;
    this.#onChange();
  }

  close(): void {
    this.#open = null;
  }
}
