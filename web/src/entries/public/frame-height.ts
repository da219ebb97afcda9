// Tells the page that frames us how tall we are, when it grows and when it shrinks. Two languages: the
// messages of iframe-resizer 4 once the host has spoken it, and the one that Metabase's own scripts hear.

const mark = '[iFrameSizer]';
const ready = '[iFrameResizerChild]Ready';

/** `[iFrameSizer]id:bodyMargin:sizeWidth:...` opens the conversation; `[iFrameSizer]resize` asks again. */
export function readHello(message: unknown): string | null {
  if (typeof message !== 'string' || !message.startsWith(mark)) return null;
  const [id = '', ...settings] = message.slice(mark.length).split(':');

  return settings.length > 3 ? id : null;
}

export const heightMessage = (id: string, height: number, why: string): string => `${mark}${id}:${height}:0:${why}`;

/** The content alone is measured, never the window: a frame that grew must be able to shrink. */
export function speakHeight(content: HTMLElement): void {
  let id: string | null = null;
  let last = -1;

  const tell = (why: string) => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === last && why === 'size') return;
    last = height;
    if (id !== null) parent.postMessage(heightMessage(id, height, why), '*');
    parent.postMessage({ metabase: { type: 'frame', frame: { mode: 'fit', height } } }, '*');
  };

  addEventListener('message', ({ data, source }: MessageEvent) => {
    if (source !== parent) return;
    const hello = readHello(data);
    if (hello !== null) {
      id = hello;
      // From now on the host sets the height: what would fill the window takes its own size.
      document.documentElement.dataset.sized = 'true';
      tell('init');
    } else if (data === `${mark}resize`) tell('resize');
  });
  new ResizeObserver(() => tell('size')).observe(content);
  parent.postMessage(ready, '*');
}
