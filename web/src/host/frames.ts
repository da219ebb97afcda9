// The host's side of frames that tell their height, in the messages of iframe-resizer 4:
// `[iFrameSizer]id:...` goes down, `[iFrameSizer]id:height:width:reason` comes up.

export interface FrameOptions {
  id?: string;
  /** True: only the origin of the frame's address is heard. A list: these origins. False: all. */
  checkOrigin?: boolean | string[];
  minHeight?: number;
  maxHeight?: number;
  sizeHeight?: boolean;
  scrolling?: boolean | 'auto' | 'yes' | 'no' | 'omit';
  onInit?: (frame: HTMLIFrameElement) => void;
  onResized?: (change: { iframe: HTMLIFrameElement; height: number; width: number; type: string }) => void;
  onMessage?: (message: { iframe: HTMLIFrameElement; message: unknown }) => void;
  onClosed?: (id: string) => void;
  /** Older names of the same. */
  initCallback?: FrameOptions['onInit'];
  resizedCallback?: FrameOptions['onResized'];
  messageCallback?: FrameOptions['onMessage'];
}

export interface FrameControls {
  resize: () => void;
  sendMessage: (message: unknown) => void;
  removeListeners: () => void;
  close: () => void;
}

export type SizedFrame = HTMLIFrameElement & { iFrameResizer?: FrameControls };

const mark = '[iFrameSizer]';
const ready = '[iFrameResizerChild]Ready';
const known = new Map<string, { frame: SizedFrame; options: FrameOptions }>();
let count = 0;

/** The settings in the order of the message; those that we do not have keep the value of the first version. */
const hello = (id: string, { sizeHeight }: FrameOptions) =>
  `${mark}${[id, 8, false, false, 32, true, sizeHeight !== false, null, 'bodyOffset', null, null, 0, false, 'child', 'scroll', false].join(':')}`;

const say = (frame: SizedFrame, message: string) => frame.contentWindow?.postMessage(message, '*');

function isTrusted({ origin }: MessageEvent, frame: SizedFrame, { checkOrigin = true }: FrameOptions): boolean {
  if (checkOrigin === false) return true;
  return Array.isArray(checkOrigin) ? checkOrigin.includes(origin) : origin === new URL(frame.src, location.href).origin;
}

const px = (value: string) => Number.parseFloat(value) || 0;

/** What a frame needs around its content when its box includes border and padding. */
function edges(frame: SizedFrame): number {
  const style = getComputedStyle(frame);
  if (style.boxSizing !== 'border-box') return 0;
  return px(style.paddingTop) + px(style.paddingBottom) + px(style.borderTopWidth) + px(style.borderBottomWidth);
}

function resize(frame: SizedFrame, options: FrameOptions, told: number, width: number, type: string): void {
  const least = options.minHeight ?? 0;
  const most = options.maxHeight ?? Number.POSITIVE_INFINITY;
  const height = Math.min(most, Math.max(least, told + edges(frame)));

  if (options.sizeHeight !== false) frame.style.height = `${height}px`;
  (options.onResized ?? options.resizedCallback)?.({ iframe: frame, height, width, type });
  if (type === 'init') (options.onInit ?? options.initCallback)?.(frame);
}

function hear(event: MessageEvent): void {
  if (typeof event.data !== 'string') return;
  if (event.data === ready) {
    known.forEach(({ frame, options }, id) => frame.contentWindow === event.source && say(frame, hello(id, options)));
    return;
  }
  if (!event.data.startsWith(mark)) return;
  const [id = '', height, width, type = ''] = event.data.slice(mark.length).split(':');
  const one = known.get(id);
  if (!one || one.frame.contentWindow !== event.source || !isTrusted(event, one.frame, one.options)) return;

  if (type === 'message') hearMessage(event.data, one.frame, one.options);
  else if (type === 'close') one.frame.iFrameResizer?.close();
  else if (Number.isFinite(Number(height))) resize(one.frame, one.options, Number(height), Number(width), type);
}

function hearMessage(text: string, frame: SizedFrame, options: FrameOptions): void {
  const body = text.slice(text.indexOf(':message:') + ':message:'.length);
  try {
    (options.onMessage ?? options.messageCallback)?.({ iframe: frame, message: JSON.parse(body) as unknown });
  } catch {
    // What is no JSON was not meant for the host.
  }
}

function scrollAs(frame: SizedFrame, scrolling: FrameOptions['scrolling'] = false): void {
  if (scrolling === 'omit') return;
  const isOn = scrolling === true || scrolling === 'yes';

  frame.style.overflow = scrolling === 'auto' || isOn ? 'auto' : 'hidden';
  frame.scrolling = scrolling === 'auto' ? 'auto' : isOn ? 'yes' : 'no';
}

/** Sizes a frame from now on. A second call for the same frame changes nothing. */
export function sizeFrame(frame: SizedFrame, options: FrameOptions): SizedFrame {
  if (frame.iFrameResizer) return frame;
  if (!known.size) addEventListener('message', hear);
  frame.id ||= options.id ?? `iFrameResizer${count}`;
  count += 1;
  const { id } = frame;
  const greet = () => say(frame, hello(id, options));
  const removeListeners = () => {
    known.delete(id);
    frame.removeEventListener('load', greet);
    if (!known.size) removeEventListener('message', hear);
    delete frame.iFrameResizer;
  };

  known.set(id, { frame, options });
  scrollAs(frame, options.scrolling);
  frame.iFrameResizer = {
    resize: () => say(frame, `${mark}resize`),
    sendMessage: (message) => say(frame, `${mark}message:${JSON.stringify(message)}`),
    removeListeners,
    close: () => {
      removeListeners();
      frame.remove();
      options.onClosed?.(id);
    },
  };
  frame.addEventListener('load', greet);
  greet();
  return frame;
}

/** `iFrameResize(options, target)`: a selector, an element, or nothing for every frame of the page. */
export function iFrameResize(options: FrameOptions = {}, target?: string | HTMLElement | null): SizedFrame[] {
  const found = target instanceof HTMLElement ? [target] : [...document.querySelectorAll(target ?? 'iframe')];

  return found.filter((element) => element instanceof HTMLIFrameElement).map((frame) => sizeFrame(frame as SizedFrame, options));
}
