// The form of the theme page: reads what was chosen, shows it on the elements, and writes the CSS.
import { COLOURS, contrast, cssOf, FONTS, LENGTHS, pair } from './theme-css.js';

const form = document.querySelector('form');
const output = document.querySelector('output');
const warning = document.querySelector('#warning');
const copy = document.querySelector('#copy');
const states = document.querySelector('iframe');

/** An element with these attributes and contents. */
function make(tag, attributes, ...contents) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...contents);
  return element;
}

const colour = ({ name, words, light, dark }) =>
  make(
    'fieldset',
    {},
    make('legend', {}, words),
    ...Object.entries({ light, dark }).map(([scheme, value]) =>
      make('label', {}, make('input', { type: 'color', name: `${name} ${scheme}`, value }), scheme),
    ),
  );

// The value comes last: before its bounds it would be held to others.
const length = ({ name, words, initial, min, max, step }) =>
  make('label', { class: 'line' }, words, make('input', { type: 'range', name, min, max, step, value: initial }));

const font = () =>
  make(
    'label',
    { class: 'line' },
    'Typeface',
    make('select', { name: '--omni-font' }, ...FONTS.map(({ words, value }) => make('option', { value }, words))),
  );

function chosen(data) {
  const colours = COLOURS.flatMap(({ name, light, dark }) => {
    const [own, ownDark] = [data.get(`${name} light`), data.get(`${name} dark`)];
    return own === light && ownDark === dark ? [] : [[name, pair(own, ownDark)]];
  });
  const family = data.get('--omni-font');
  const lengths = LENGTHS.flatMap(({ name, initial }) => {
    const value = Number(data.get(name));
    return value === initial ? [] : [[name, `${value}rem`]];
  });
  return [...colours, ...(family ? [['--omni-font', family]] : []), ...lengths];
}

/** Buttons are white words on a colour: those that are hard to read. */
const hardToRead = (data) =>
  COLOURS.filter(({ on }) => on).flatMap(({ name, words, on }) =>
    ['light', 'dark'].flatMap((scheme) => {
      const ratio = contrast(data.get(`${name} ${scheme}`), on);
      return ratio >= 4.5 ? [] : [`${words}, ${scheme}: ${ratio.toFixed(1)} to 1`];
    }),
  );

function update() {
  const data = new FormData(form);
  output.textContent = cssOf(chosen(data));
  const hard = hardToRead(data);
  warning.textContent = hard.length > 0 ? `White words want 4.5 to 1. ${hard.join('; ')}.` : '';
  const page = states.contentDocument;
  const style = page?.querySelector('#theme');
  if (!style) return;
  style.textContent = output.textContent;
  page.documentElement.style.colorScheme = data.get('scheme');
}

form.querySelector('#colours').append(...COLOURS.map(colour));
form.querySelector('#shape').append(font(), ...LENGTHS.map(length));
form.addEventListener('input', update);
form.addEventListener('reset', () => setTimeout(update));
states.addEventListener('load', update);
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(output.textContent);
  copy.textContent = 'Copied';
  setTimeout(() => (copy.textContent = 'Copy'), 1500);
});
update();
