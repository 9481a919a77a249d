import { expect } from 'chai';
import { CameraPicture } from '../../../src/media/camera-picture.js';
import type { BlurredCamera } from '../../../src/media/livekit-blur.js';
import { createPlaceholder, type Placeholder } from '../../../src/media/placeholder.js';

describe('the camera’s picture', () => {
  let tracks: Placeholder[];
  let asked: { source: MediaStreamTrack; resolve: (blurred: BlurredCamera) => void; reject: (cause: Error) => void }[];
  let stopped: MediaStreamTrack[];
  let picture: CameraPicture;

  const newTrack = (): MediaStreamTrack => {
    const placeholder = createPlaceholder('video', 'QVGA');
    tracks.push(placeholder);
    return placeholder.track;
  };
  const answer = async (index: number): Promise<MediaStreamTrack> => {
    const track = newTrack();
    asked[index]?.resolve({ track, stop: () => stopped.push(track) });
    await new Promise((resolve) => setTimeout(resolve));
    return track;
  };

  beforeEach(() => {
    tracks = [];
    asked = [];
    stopped = [];
    picture = new CameraPicture(
      (source) => new Promise((resolve, reject) => asked.push({ source, resolve, reject })),
      () => undefined,
    );
  });
  afterEach(() => tracks.forEach((each) => each.stop()));

  it('is the camera’s own, and nothing is loaded, as long as nobody wants it blurred', () => {
    const camera = newTrack();
    picture.follow(camera);
    expect(picture.track).to.equal(camera);
    expect(asked).to.deep.equal([]);
  });

  it('stays as it was seen until it is blurred, and is itself again when it is not to be', async () => {
    const camera = newTrack();
    picture.follow(camera);
    const done = picture.setBlur(true);
    expect([picture.blur, picture.track]).to.deep.equal(['starting', camera]);
    const blurred = await answer(0);
    await done;
    expect([picture.blur, picture.track]).to.deep.equal(['on', blurred]);
    await picture.setBlur(false);
    expect([picture.blur, picture.track, stopped]).to.deep.equal(['off', camera, [blurred]]);
  });

  it('is not seen as it is when another camera takes over, or the camera comes on later', async () => {
    await picture.setBlur(true);
    picture.follow(newTrack());
    expect(picture.track).to.equal(null);
    const first = await answer(0);
    expect(picture.track).to.equal(first);
    picture.follow(newTrack());
    expect([picture.track, stopped]).to.deep.equal([null, [first]]);
    expect(picture.track).to.equal(null);
    const second = await answer(1);
    expect(picture.track).to.equal(second);
  });

  it('is not seen at all where another camera cannot be blurred, until its owner wants it as it is', async () => {
    await picture.setBlur(true);
    const camera = newTrack();
    picture.follow(camera);
    asked[0]?.reject(new Error('no graphics'));
    await new Promise((resolve) => setTimeout(resolve));
    expect([picture.blur, picture.track]).to.deep.equal(['failed', null]);
    await picture.setBlur(false);
    expect(picture.track).to.equal(camera);
  });

  it('stays as it is, and says so, where blurring cannot be had when it is switched on', async () => {
    const camera = newTrack();
    picture.follow(camera);
    const done = picture.setBlur(true).catch((error: { code: string }) => error.code);
    asked[0]?.reject(new Error('no graphics'));
    expect(await done).to.equal('media-failed');
    expect([picture.blur, picture.track]).to.deep.equal(['off', camera]);
  });

  it('stops what comes too late', async () => {
    picture.follow(newTrack());
    const done = picture.setBlur(true);
    picture.follow(null);
    const late = await answer(0);
    await done;
    expect(stopped).to.deep.equal([late]);
    expect(picture.track).to.equal(null);
  });
});
