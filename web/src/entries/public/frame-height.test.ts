import { expect, it } from 'vitest';
import { heightMessage, readHello } from './frame-height';

it('recognises the first message of a host, and nothing else', () => {
  expect(readHello('[iFrameSizer]iFrameResizer0:8:false:false:32:true:true:null:bodyOffset:null:null:0:false:parent:scroll:true')).toBe('iFrameResizer0');
  expect(readHello('[iFrameSizer]resize')).toBeNull();
  expect(readHello('[iFrameSizer]message:"a"')).toBeNull();
  expect(readHello({ metabase: {} })).toBeNull();
});

it('answers in the form that hosts read', () => {
  expect(heightMessage('frame', 812, 'size')).toBe('[iFrameSizer]frame:812:0:size');
});
