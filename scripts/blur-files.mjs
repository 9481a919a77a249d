// What blurring loads beside its code, as the call server gives it to pages: what finds a person in a picture, and the
// model that it does so with.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { withNormalization } from './model-metadata.mjs';

const require = createRequire(import.meta.url);
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`));

/** Every browser that can blur has WebAssembly's SIMD, so that the other variant is not needed. */
const RUNTIME = ['vision_wasm_internal.js', 'vision_wasm_internal.wasm'];

export function writeBlurFiles(folder) {
  mkdirSync(folder, { recursive: true });
  const runtime = join(dirname(require.resolve('@mediapipe/tasks-vision')), 'wasm');
  for (const file of RUNTIME) copyFileSync(join(runtime, file), join(folder, file));
  // It is a script, among modules.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  // The model of MediaPipe's older package is the same; it only does not say of itself what pictures it takes.
  const model = readFileSync(join(folderOf('@mediapipe/selfie_segmentation'), 'selfie_segmentation.tflite'));
  writeFileSync(join(folder, 'selfie_segmenter.tflite'), withNormalization(model));
}
