import { afterEach, beforeEach, expect, it } from 'vitest';
import { iFrameResize, type SizedFrame } from './frames';

let frame: SizedFrame;
const said: string[] = [];

beforeEach(() => {
  document.body.innerHTML = '<iframe id="figures" src="https://figures.example/embed/x"></iframe>';
  frame = document.querySelector('iframe') as SizedFrame;
  said.length = 0;
  (frame.contentWindow as Window).postMessage = ((message: string) => said.push(message)) as never;
});

afterEach(() => frame.iFrameResizer?.removeListeners());

function tell(data: unknown, origin = 'https://figures.example', source: unknown = frame.contentWindow): void {
  dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));
}

it('greets the frame, and sizes it as it is told, up and down', () => {
  iFrameResize({}, '#figures');
  expect(said[0]).toMatch(/^\[iFrameSizer\]figures:8:false:/);
  tell('[iFrameSizer]figures:900:0:init');
  expect(frame.style.height).toBe('900px');
  tell('[iFrameSizer]figures:300:0:size');
  expect(frame.style.height).toBe('300px');
});

it('greets again a frame that says it is ready', () => {
  iFrameResize({}, frame);
  tell('[iFrameResizerChild]Ready');
  expect(said).toHaveLength(2);
});

it('hears only the frame itself, from its own origin', () => {
  iFrameResize({}, frame);
  tell('[iFrameSizer]figures:900:0:size', 'https://elsewhere.example');
  tell('[iFrameSizer]figures:900:0:size', 'https://figures.example', window);
  tell('[iFrameSizer]figures:much:0:size');
  tell({ metabase: {} });
  expect(frame.style.height).toBe('');
});

it('keeps within the limits of the host, and tells it', () => {
  const heights: number[] = [];
  iFrameResize({ minHeight: 200, maxHeight: 500, onResized: ({ height }) => heights.push(height) }, frame);
  tell('[iFrameSizer]figures:900:0:size');
  tell('[iFrameSizer]figures:10:0:size');
  expect(heights).toEqual([500, 200]);
});

it('passes messages on, and leaves when it is told to', () => {
  const messages: unknown[] = [];
  iFrameResize({ onMessage: ({ message }) => messages.push(message) }, frame);
  tell('[iFrameSizer]figures:0:0:message:{"a":"b:c"}');
  expect(messages).toEqual([{ a: 'b:c' }]);
  tell('[iFrameSizer]figures:0:0:close');
  expect(document.querySelector('iframe')).toBeNull();
});
