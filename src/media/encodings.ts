/** Changes how a sender encodes. Rejects where the browser refuses, as when somebody else changed it meanwhile. */
export function changeEncodings(
  sender: RTCRtpSender,
  change: (encoding: RTCRtpEncodingParameters, index: number) => void,
): Promise<void> {
  const parameters = sender.getParameters();
  parameters.encodings.forEach(change);
  return sender.setParameters(parameters);
}
