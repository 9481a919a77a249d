// Who is seen in the pictures: a browser takes a video file for its camera.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { run } from '../prepare.mjs';

const SIZE = { width: 1280, height: 720 };

/** Somebody to look at, drawn, in the middle of a wide picture. */
const portrait = ({ wall, light, skin, hair, shirt, long }) => `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-160 -60 960 540" width="${SIZE.width}" height="${SIZE.height}">
  <defs>
    <linearGradient id="wall" x2="1" y2="1"><stop stop-color="${light}"/><stop offset="1" stop-color="${wall}"/></linearGradient>
    <radialGradient id="lamp"><stop stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
  </defs>
  <rect x="-160" y="-60" width="960" height="540" fill="url(#wall)"/>
  <circle cx="20" cy="30" r="230" fill="url(#lamp)"/>
  <g fill="#000" opacity=".1"><rect x="560" y="10" width="130" height="170" rx="6"/><rect x="-60" y="330" width="90" height="150" rx="8"/></g>
  <g fill="#3f7a55" transform="translate(-100)"><ellipse cx="70" cy="300" rx="16" ry="52" transform="rotate(-24 70 300)"/><ellipse cx="100" cy="296" rx="16" ry="56" transform="rotate(16 100 296)"/></g>
  ${long ? `<path d="M208 214c0-84 50-128 112-128s112 44 112 128v166H208z" fill="${hair}"/>` : ''}
  <path d="M150 480c6-92 66-126 126-136h88c60 10 120 44 126 136z" fill="${shirt}"/>
  <path d="M282 300h76v58c-22 24-54 24-76 0z" fill="${skin}"/><path d="M282 320c24 22 52 22 76 0v14c-24 22-52 22-76 0z" fill="#000" opacity=".1"/>
  <ellipse cx="320" cy="226" rx="80" ry="98" fill="${skin}"/>
  <path d="${long ? 'M238 220c0-70 30-112 84-112 52 0 82 40 82 112-12-36-30-58-52-66-30 20-84 26-114 66z' : 'M236 208c-6-74 34-108 86-108s92 34 84 110c-8-30-18-44-30-54-34 12-84 10-110 0-16 12-24 28-30 52z'}" fill="${hair}"/>
  <g fill="#2a2320"><circle cx="290" cy="226" r="7"/><circle cx="350" cy="226" r="7"/></g>
  <path d="M276 206q14-8 28 0m32 0q14-8 28 0" fill="none" stroke="${hair}" stroke-width="5" stroke-linecap="round"/>
  <path d="M290 272q30 28 60 0q-30 12-60 0z" fill="#fff" stroke="#8f4a3e" stroke-width="4" stroke-linejoin="round"/>
</svg>`;

const FACES = {
  alice: { wall: '#c9a98a', light: '#f3e3cf', skin: '#e9b995', hair: '#4a2f27', shirt: '#2f6f8f', long: true },
  bob: { wall: '#6f8ea8', light: '#dbe7ee', skin: '#a9714b', hair: '#211a18', shirt: '#d9a441', long: false },
};

/** The argument of a browser whose camera shows that face. `options`: of a browser to draw it with. */
export async function cameraOf(who, options, folder) {
  const drawn = join(folder, `${who}.png`);
  const painter = await launch(options);
  try {
    const page = await painter.newPage();
    await page.setViewport(SIZE);
    await page.setContent(`<body style="margin:0">${portrait(FACES[who])}</body>`);
    writeFileSync(drawn, await page.screenshot());
  } finally {
    await painter.close();
  }
  return filmed(drawn, 'null', join(folder, `${who}.mjpeg`));
}

/** The argument of a browser whose camera shows that face in the dark: such a picture takes all of a link. */
export const noisyCameraOf = (who, folder) =>
  filmed(join(folder, `${who}.png`), 'noise=alls=14:allf=t', join(folder, `${who}-noisy.mjpeg`));

function filmed(drawn, filter, video) {
  const still = ['-loop', '1', '-i', drawn, '-t', '1', '-r', '15', '-vf', filter];
  run('ffmpeg', ['-loglevel', 'error', '-y', ...still, '-pix_fmt', 'yuvj420p', '-q:v', '2', video]);
  return `--use-file-for-fake-video-capture=${video}`;
}
