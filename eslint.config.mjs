import tseslint from 'typescript-eslint';

const PURE = 'This folder is pure: pass clocks and chance in.';

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/node_modules/**', 'demo/*/**', '.cache/**', '**/.next/**', 'src/locales/generated/**'],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/protocol/**', 'server/core/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: PURE },
        { object: 'Math', property: 'random', message: PURE },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: PURE },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/media/livekit-*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'livekit-client',
              message: 'Only src/media/livekit-*.ts speaks to LiveKit.',
              allowTypeImports: false,
            },
          ],
        },
      ],
    },
  },
);
