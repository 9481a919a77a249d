import { expect } from 'chai';
import { DeviceBook, type DeviceLists } from '../../../src/media/devices.js';
import { NO_DEVICES } from '../../../src/media/no-devices.js';
import { OmniCallError } from '../../../src/protocol/index.js';
import { FakeMediaDevices, memoryStorage } from './fake-media-devices.js';

const cam = (n: number) => ({
  kind: 'videoinput' as const,
  deviceId: `cam-${n}`,
  label: `Camera ${n}`,
  groupId: `g${n}`,
});
const selectedOf = (lists: DeviceLists) => lists.videoinput.find((device) => device.selected)?.deviceId;

describe('the device book', () => {
  let mediaDevices: FakeMediaDevices;
  let storage: Storage;
  let told: DeviceLists[];
  let nextChange: () => Promise<DeviceLists>;
  let stop: () => void;

  const open = () => {
    let resolve: ((lists: DeviceLists) => void) | null = null;
    nextChange = () => new Promise((done) => (resolve = done));
    const book = new DeviceBook({ mediaDevices: mediaDevices.asMediaDevices(), storage });
    stop = book.subscribe((lists) => {
      told.push(lists);
      resolve?.(lists);
    });
    return book;
  };

  beforeEach(() => {
    mediaDevices = new FakeMediaDevices();
    storage = memoryStorage();
    told = [];
  });

  it('lists by kind, with the first selected where nothing was chosen', async () => {
    mediaDevices.set(cam(1), cam(2), { kind: 'audioinput', deviceId: 'mic' });
    const lists = await open().refresh();
    expect(lists.videoinput.map(({ deviceId }) => deviceId)).to.deep.equal(['cam-1', 'cam-2']);
    expect(lists.audioinput.map(({ deviceId }) => deviceId)).to.deep.equal(['mic']);
    expect(lists.audiooutput).to.deep.equal([]);
    expect(selectedOf(lists)).to.equal('cam-1');
  });

  it('tells of a change once, and of no change not at all', async () => {
    mediaDevices.set(cam(1));
    const book = open();
    await book.refresh();
    await book.refresh();
    expect(told).to.have.length(1);
  });

  it('follows devices as they are plugged and unplugged, for as long as somebody listens', async () => {
    const book = open();
    const first = nextChange();
    mediaDevices.set(cam(1));
    await first;
    const second = nextChange();
    mediaDevices.set(cam(1), cam(2));
    expect((await second).videoinput).to.have.length(2);
    stop();
    mediaDevices.set();
    expect(book.lists.videoinput).to.have.length(2);
  });

  it('remembers a choice, and finds it again on a later page under another id', async () => {
    mediaDevices.set(cam(1), cam(2));
    const book = open();
    await book.choose('videoinput', 'cam-2');
    expect(book.chosen('videoinput')).to.equal('cam-2');
    expect(selectedOf(book.lists)).to.equal('cam-2');

    mediaDevices.set(cam(1), { ...cam(2), deviceId: 'other-id' });
    const later = open();
    expect(later.chosen('videoinput'), 'before it knows the ids of this page').to.equal('cam-2');
    await later.refresh();
    expect(later.chosen('videoinput')).to.equal('other-id');
  });

  it('goes back to the default while the chosen one is not there', async () => {
    mediaDevices.set(cam(1), cam(2));
    const book = open();
    await book.choose('videoinput', 'cam-2');
    mediaDevices.set(cam(1));
    await book.refresh();
    expect(book.chosen('videoinput')).to.equal(null);
    expect(selectedOf(book.lists)).to.equal('cam-1');
    mediaDevices.set(cam(1), cam(2));
    await book.refresh();
    expect(book.chosen('videoinput')).to.equal('cam-2');
  });

  it('shows the device in use as the selected one, whatever was chosen', async () => {
    mediaDevices.set(cam(1), cam(2));
    const book = open();
    await book.choose('videoinput', 'cam-2');
    const changed = nextChange();
    book.using('videoinput', 'cam-1');
    expect(selectedOf(await changed)).to.equal('cam-1');
  });

  it('refuses a device that is not there', async () => {
    mediaDevices.set(cam(1));
    const book = open();
    for (const id of ['nowhere', '']) {
      const error = await book.choose('videoinput', id).catch((refused: unknown) => refused);
      expect(error).to.be.instanceOf(OmniCallError).with.property('code', 'device-not-found');
    }
    expect(book.chosen('videoinput')).to.equal(null);
  });

  it('works without devices, without storage, and with a storage that refuses', async () => {
    const none = new DeviceBook({ mediaDevices: undefined, storage: null });
    const leave = none.subscribe(() => undefined);
    expect(await none.refresh()).to.have.keys(Object.keys(NO_DEVICES));
    leave();

    mediaDevices.set(cam(1));
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    storage = { ...memoryStorage(), getItem: refuse, setItem: refuse };
    const book = open();
    await book.choose('videoinput', 'cam-1');
    expect(book.chosen('videoinput')).to.equal('cam-1');
  });
});
