// What the theme page knows of the elements' custom properties, and the CSS that it writes.

/** Those with colours have one for light pages and one for dark ones; the first shown are the elements' own. */
export const COLOURS = [
  { name: '--omni-accent', words: 'Main buttons', light: '#2563d9', dark: '#3671e3', on: '#ffffff' },
  { name: '--omni-positive', words: 'Answering', light: '#128048', dark: '#178550', on: '#ffffff' },
  { name: '--omni-negative', words: 'Hanging up', light: '#d02f36', dark: '#d93a42', on: '#ffffff' },
  { name: '--omni-surface', words: 'Ground of a call', light: '#e4edfa', dark: '#1d2735' },
  { name: '--omni-text', words: 'Words', light: '#16181d', dark: '#f2f3f5' },
  { name: '--omni-text-quiet', words: 'Lesser words', light: '#565c67', dark: '#b3b9c4' },
];

export const FONTS = [
  { words: 'The page’s', value: '' },
  { words: 'The system’s', value: 'system-ui, sans-serif' },
  { words: 'With serifs', value: "Georgia, 'Times New Roman', serif" },
  { words: 'Rounded', value: "ui-rounded, 'Nunito', 'Varela Round', sans-serif" },
  { words: 'One width', value: 'ui-monospace, Consolas, monospace' },
];

/** In rem. */
export const LENGTHS = [
  { name: '--omni-radius', words: 'Roundness', initial: 1, min: 0, max: 2, step: 0.125 },
  { name: '--omni-space', words: 'Space', initial: 0.75, min: 0.25, max: 1.5, step: 0.125 },
];

const TAGS = ['omni-call', 'omni-incoming', 'omni-device-select'];

/** `chosen`: property and value of what differs from the elements' own. */
export function cssOf(chosen) {
  if (chosen.length === 0) return '/* Nothing is changed yet. */';
  return `${TAGS.join(',\n')} {\n${chosen.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}`;
}

export const pair = (light, dark) => (light === dark ? light : `light-dark(${light}, ${dark})`);

function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** As WCAG 2.2 has it, from 1 to 21. */
export function contrast(one, other) {
  const [less, more] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}
