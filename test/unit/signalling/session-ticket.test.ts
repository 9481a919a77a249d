import { expect } from 'chai';
import { TicketBox } from '../../../src/signalling/session-ticket.js';

let names = 0;

describe('the ticket of a session', () => {
  const boxes: TicketBox[] = [];
  const box = (key: string): TicketBox => {
    const made = new TicketBox(key);
    boxes.push(made);
    return made;
  };
  const newTicket = () => ({ session: `session-${++names}`, secret: 'secret', call: null });

  afterEach(() => {
    for (const each of boxes.splice(0)) each.drop();
  });

  it('is there after a reload', async () => {
    const ticket = newTicket();
    const before = box('reload');
    await before.keep(ticket);
    before.letGo();
    expect(await box('reload').take()).to.deep.equal(ticket);
  });

  it('is not for a duplicate of the tab', async () => {
    await box('duplicate').keep(newTicket());
    expect(await box('duplicate').take()).to.equal(null);
  });

  it('is not for another user or server', async () => {
    const before = box('one');
    await before.keep(newTicket());
    before.letGo();
    expect(await box('other').take()).to.equal(null);
  });

  it('is gone when it is dropped', async () => {
    const before = box('dropped');
    await before.keep(newTicket());
    before.drop();
    expect(await box('dropped').take()).to.equal(null);
  });

  it('is used without a lock where there are none', async () => {
    const ticket = newTicket();
    sessionStorage.setItem('omni-call lockless', JSON.stringify(ticket));
    const lockless = new TicketBox('lockless', sessionStorage, null);
    expect(await lockless.take()).to.deep.equal(ticket);
    lockless.drop();
  });

  it('is none where something else is in its place', async () => {
    sessionStorage.setItem('omni-call broken', '{');
    expect(await box('broken').take()).to.equal(null);
  });
});
