import { Component, signal } from '@angular/core';
import type { OmniConnectedEvent, OmniEndedEvent } from 'omni-call';
import { OmniCall, OmniIncoming } from 'omni-call/angular';

@Component({
  selector: 'app-root',
  imports: [OmniCall, OmniIncoming],
  template: `
    <h1>{{ news() }}</h1>
    @if (callee) {
      <omni-call
        [server]="server"
        [userId]="user"
        [callee]="callee"
        (omni-connected)="handleConnected($event)"
        (omni-ended)="handleEnded($event)"
      />
    } @else {
      <omni-incoming
        [server]="server"
        [userId]="user"
        (omni-connected)="handleConnected($event)"
        (omni-ended)="handleEnded($event)"
      />
    }
  `,
})
export class App {
  readonly #page = new URLSearchParams(location.search);
  protected readonly server = this.#page.get('server') ?? location.origin;
  protected readonly user = this.#page.get('user') ?? 'guest';
  protected readonly callee = this.#page.get('callee');
  protected readonly news = signal('No call yet');

  protected handleConnected({ userId }: OmniConnectedEvent): void {
    this.news.set(`In a call with ${userId}`);
  }

  protected handleEnded({ reason }: OmniEndedEvent): void {
    this.news.set(`Ended: ${reason}`);
  }
}
