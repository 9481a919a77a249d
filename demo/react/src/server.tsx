import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { App } from './app.js';

/** The page as the server sends it: `main.tsx` takes it over from there. */
export const render = (page: URL): string =>
  renderToString(
    <StrictMode>
      <App page={page} />
    </StrictMode>,
  );
