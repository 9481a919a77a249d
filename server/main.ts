#!/usr/bin/env node
import { createCallServer } from './call-server.js';
import { readSettings } from './config.js';
import { SettingError } from './setting-error.js';

try {
  const server = await createCallServer(readSettings(process.env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
} catch (error) {
  // A wrong setting is the operator's to mend: its name and what was expected, without a stack.
  console.error(error instanceof SettingError ? error.message : error);
  process.exitCode = 1;
}
