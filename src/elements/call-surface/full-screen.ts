/** An iPhone gives the whole screen to a video only, with controls of its own: then there is no button. */
export const canFullScreen = (): boolean => document.fullscreenEnabled;

export const isFullScreen = (element: Element): boolean =>
  (element.getRootNode() as Document | ShadowRoot).fullscreenElement === element;

export async function toggleFullScreen(element: Element): Promise<void> {
  if (isFullScreen(element)) await document.exitFullscreen();
  else await element.requestFullscreen();
}
