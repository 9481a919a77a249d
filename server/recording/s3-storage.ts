import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import type { Recording } from './recording.js';
import { readAbout, type ByteRange, type RecordingStorage } from './storage.js';

export interface S3Options {
  /** Of the bucket, with a folder in it where there is one: `https://s3.example.com/bucket/folder`. */
  url: string;
  /** Default: `us-east-1`, which is what a server without regions expects. */
  region?: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Milliseconds in which it has to answer; a file on its way up takes as long as it takes. */
const ANSWER_WITHIN = 30_000;
/** Objects that are asked for at a time. */
const AT_ONCE = 20;

/** Keeps recordings in a bucket of an S3-compatible server, reached by path. */
export class S3Storage implements RecordingStorage {
  readonly #client: AwsClient;
  readonly #url: URL;

  constructor({ url, region = 'us-east-1', accessKeyId, secretAccessKey }: S3Options) {
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3 });
    this.#url = new URL(url.endsWith('/') ? url : `${url}/`);
  }

  async put(recording: Recording, file: string): Promise<void> {
    const type = 'video/mp4';
    await this.#send('PUT', `${recording.id}.mp4`, { body: await openAsBlob(file, { type }) });
    // Last, so that whatever is listed is whole.
    await this.#send('PUT', `${recording.id}.json`, { body: JSON.stringify(recording) });
    await rm(file);
  }

  async read(id: string, { first, last }: ByteRange): Promise<Readable> {
    const headers = { range: `bytes=${first}-${last}` };
    const { body } = await this.#send('GET', `${id}.mp4`, { headers });
    if (!body) throw new Error('The S3 server sent no body.');
    return Readable.fromWeb(body as ReadableStream);
  }

  async remove(id: string): Promise<void> {
    await this.#send('DELETE', `${id}.mp4`, {});
    await this.#send('DELETE', `${id}.json`, {});
  }

  async list(): Promise<Recording[]> {
    const keys = (await this.#keys()).filter((key) => key.endsWith('.json'));
    const found: Recording[] = [];
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const some = keys.slice(at, at + AT_ONCE).map(async (key) => readAbout(await (await this.#get(key)).text()));
      found.push(...(await Promise.all(some)));
    }
    return found;
  }

  #get(key: string): Promise<Response> {
    return this.#send('GET', key, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
  }

  /** The names of all objects in the folder, without that. */
  async #keys(): Promise<string[]> {
    const [, bucket = '', ...folder] = this.#url.pathname.split('/');
    const prefix = decodeURIComponent(folder.join('/'));
    const keys: string[] = [];
    for (let after = ''; ;) {
      const query = new URLSearchParams({ 'list-type': '2', prefix, ...(after && { 'continuation-token': after }) });
      const url = new URL(`/${bucket}?${query}`, this.#url);
      const xml = await (await this.#fetch('GET', url, { signal: AbortSignal.timeout(ANSWER_WITHIN) })).text();
      // Names of ours, which need no escapes of XML.
      keys.push(...textsOf(xml, 'Key').map((key) => key.slice(prefix.length)));
      after = textsOf(xml, 'NextContinuationToken')[0] ?? '';
      if (after === '') return keys;
    }
  }

  #send(method: string, key: string, init: RequestInit): Promise<Response> {
    return this.#fetch(method, new URL(key, this.#url), init);
  }

  async #fetch(method: string, url: URL, init: RequestInit): Promise<Response> {
    const response = await this.#client.fetch(url, { ...init, method });
    if (response.ok) return response;
    const [code = 'no code'] = textsOf(await response.text(), 'Code');
    throw new Error(`The S3 server answered ${method} with ${response.status}, ${code}.`);
  }
}

const textsOf = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) => text);
