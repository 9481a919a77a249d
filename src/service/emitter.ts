type Listener<Message> = (message: Message) => void;

/** Listeners by name. One that throws is reported and keeps none of the others from being called. */
export class Emitter<Events extends object> {
  readonly #listeners: { [Name in keyof Events]?: Set<Listener<Events[Name]>> } = {};

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    (this.#listeners[name] ??= new Set()).add(listener);
  }

  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    this.#listeners[name]?.delete(listener);
  }

  emit<Name extends keyof Events>(name: Name, message: Events[Name]): void {
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(message);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
