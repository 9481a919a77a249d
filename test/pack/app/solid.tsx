/** @jsxImportSource solid-js */
import type {} from 'omni-call/solid';

export const call = (
  <omni-call user-id="alice" callee="bob" class="wide" record on:omni-ended={({ reason }) => console.log(reason)} />
);
// @ts-expect-error There is no such type of call.
export const wrong = <omni-call call-type="telepathy" />;
