import type { Page } from 'puppeteer-core';

/** Words, or an icon, and how much they stand out from what is behind them where they do so least. */
export interface Contrast {
  what: string;
  ratio: number;
  /** What WCAG asks of it: 4.5 for words, 3 for large ones and for icons. */
  least: number;
}

interface Mark {
  what: string;
  colour: string;
  least: number;
  box: { x: number; y: number; width: number; height: number };
}

/** What the elements of the page show in words and icons, and where. */
const findMarks = (page: Page): Promise<Mark[]> =>
  page.evaluate(() => {
    const boxOf = ({ x, y, width, height }: DOMRect): Mark['box'] => ({ x, y: y + scrollY, width, height });
    const marks: Mark[] = [];
    for (const host of document.querySelectorAll('omni-call, omni-incoming, omni-device-select')) {
      for (const element of host.shadowRoot?.querySelectorAll('*:not(.unseen, style)') ?? []) {
        const { color, fontSize, fontWeight, opacity } = getComputedStyle(element);
        // What cannot be used needs no contrast.
        if (!element.checkVisibility() || element.matches(':disabled') || opacity === '0') continue;
        const large = parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
        const mark = { colour: color, least: large || element instanceof SVGElement ? 3 : 4.5 };
        const name = `${host.localName} ${host.getAttribute('phase') ?? ''} ${element.localName}.${element.getAttribute('class') ?? ''}`;
        if (element.localName === 'svg')
          marks.push({ ...mark, what: name, box: boxOf(element.getBoundingClientRect()) });
        for (const node of element.childNodes) {
          if (!(node instanceof Text) || node.data.trim() === '') continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const box of range.getClientRects())
            marks.push({ ...mark, what: `${name} “${node.data.trim()}”`, box: boxOf(box) });
        }
      }
    }
    return marks;
  });

/** Leaves only what is behind the words and icons. */
const hideMarks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const behind = new CSSStyleSheet();
    behind.replaceSync('* { -webkit-text-fill-color: transparent !important; } svg { visibility: hidden; }');
    for (const { shadowRoot } of document.querySelectorAll('omni-call, omni-incoming, omni-device-select'))
      shadowRoot?.adoptedStyleSheets.push(behind);
  });

/** The contrast of each with the pixels of a picture: of `behind` where it shows no marks, else within what they fill. */
const measure = (page: Page, picture: string, marks: Mark[], behind: boolean): Promise<Contrast[]> =>
  page.evaluate(
    async (data, all, isBehind) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      const pen = canvas.getContext('2d', { willReadFrequently: true })!;
      pen.drawImage(image, 0, 0);
      const dot = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
      const light = ([red = 0, green = 0, blue = 0]: ArrayLike<number> & Iterable<number>): number => {
        const linear = (value: number): number =>
          value <= 10.3 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      };
      const contrast = (one: number, other: number): number =>
        (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return all.map(({ what, least, colour, box }) => {
        const { data: pixels } = pen.getImageData(box.x, box.y, Math.max(1, box.width), Math.max(1, box.height));
        const lights: number[] = [];
        for (let at = 0; at < pixels.length; at += 4) lights.push(light(pixels.subarray(at, at + 3)));
        dot.fillStyle = colour;
        dot.fillRect(0, 0, 1, 1);
        const own = light(dot.getImageData(0, 0, 1, 1).data.subarray(0, 3));
        const ratio = isBehind
          ? Math.min(...lights.map((each) => contrast(own, each)))
          : contrast(Math.max(...lights), Math.min(...lights));
        return { what, least, ratio };
      });
    },
    picture,
    marks,
    behind,
  );

const shoot = (page: Page): Promise<string> => page.screenshot({ fullPage: true, encoding: 'base64' });

/** Measures all words and icons of the elements on the page, which are left without them. */
export async function contrasts(page: Page): Promise<Contrast[]> {
  const marks = await findMarks(page);
  await hideMarks(page);
  return measure(page, await shoot(page), marks, true);
}

/** The same in forced colours, where a script cannot say what is drawn: how far apart the pixels of each are. */
export async function forcedContrasts(page: Page): Promise<Contrast[]> {
  return measure(page, await shoot(page), await findMarks(page), false);
}
