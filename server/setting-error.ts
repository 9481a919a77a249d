/** A setting that is wrong: `message` names it and what was expected. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

export const wrong = (name: string, expected: string): SettingError =>
  new SettingError(`${name}: expected ${expected}.`);
