import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './app.js';

const root = document.getElementById('app');
const app = (
  <StrictMode>
    <App page={new URL(location.href)} />
  </StrictMode>
);
if (root?.firstElementChild) hydrateRoot(root, app);
else if (root) createRoot(root).render(app);
