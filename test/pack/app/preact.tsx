/** @jsxImportSource preact */
import type {} from 'omni-call/preact';

export const call = (
  <omni-call user-id="alice" callee="bob" record class="wide" onomni-ended={({ reason }) => console.log(reason)} />
);
// @ts-expect-error There is no such type of call.
export const wrong = <omni-call call-type="telepathy" />;
