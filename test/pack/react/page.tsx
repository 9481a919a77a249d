/** @jsxImportSource react */
import { OmniPhaseEvent, type OmniCall as Element } from 'omni-call';
import { OmniCall } from 'omni-call/react';
import { StrictMode, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';

const heard: string[] = [];
let referred: Element | null = null;

/** Whatever is a function is written in place, and so another one each time. */
const draw = (name: string, callee?: string): ReactElement => (
  <StrictMode>
    <OmniCall
      className="wide"
      server="http://127.0.0.1:9"
      token={() => name}
      publishableKey="pk"
      callee={callee}
      ref={(element) => {
        referred = element;
      }}
      onOmniPhase={({ phase }) => heard.push(`${name} ${phase}`)}
    >
      <b slot="label">Call us</b>
    </OmniCall>
  </StrictMode>
);

/** Takes over what a server rendered, draws it anew and removes it; returns what was seen on the way. */
function run(): Record<string, unknown> {
  const html = renderToString(draw('first', 'bob'));
  const place = document.createElement('div');
  place.innerHTML = html;
  document.body.append(place);
  const element = place.querySelector('omni-call') as Element;
  element.setAttribute('phase', 'offline');

  const root = flushSync(() => hydrateRoot(place, draw('first', 'bob')));
  const isTakenOver = place.querySelector('omni-call') === element && referred === element;
  const { server, key, callee, token } = element;
  const tell = (): unknown => element.dispatchEvent(new OmniPhaseEvent('idle', 'offline'));
  tell();

  flushSync(() => root.render(draw('second')));
  const isSteady = element.token === token;
  tell();
  const told = (token as () => string)();
  const calleeAfter = element.callee;

  flushSync(() => root.unmount());
  tell();
  return { html, isTakenOver, server, key, callee, calleeAfter, isSteady, told, heard, isLetGo: referred === null };
}

Object.assign(window, { run });
